//! Random values of Thrift structs.

use cognate_codec::Limits;
use cognate_codec::thrift::Binary;
use cognate_schema::Value;
use cognate_schema::thrift::{Item, Layout, Program, Sampler, StructId};

fn sampler(text: &str, name: &str, seed: u64) -> (Layout, StructId, Sampler) {
    let layout = Layout::new(&Program::parse(text).unwrap());
    let Some(Item::Struct(id)) = layout.program().find(name) else { panic!("no struct {name}") };
    let sampler = Sampler::new(&layout, id, seed);
    (layout, id, sampler)
}

#[test]
fn structs_that_need_themselves_have_no_values() {
    let text = "
        struct Endless { 1: required Endless again }
        struct Mutual { 1: required Other other }
        struct Other { 1: required Round round, 2: string text }
        union Round { 1: Mutual mutual, 2: Round round }";
    for name in ["Endless", "Mutual", "Other", "Round"] {
        let (.., mut sampler) = sampler(text, name, 1);
        assert!(!sampler.has_values(), "{name}");
        assert_eq!(sampler.value(), Value::Null, "{name}");
    }
}

#[test]
fn structs_that_can_end_are_made_whole() {
    let chain: Vec<_> = (0..50).map(|at| format!("struct S{at} {{ 1: required S{} next }}", at + 1)).collect();
    let chain = chain.join("\n");
    let text = format!(
        "
        struct Endless {{ 1: required Endless again }}
        union Tree {{ 1: Branch branch, 2: Endless endless, 3: Leaf leaf }}
        struct Branch {{ 1: required Tree left, 2: required Tree right }}
        struct Leaf {{ 1: optional Endless endless, 2: Endless other, 3: list<Endless> list, 4: required i32 number }}
        struct Deep {{ 1: required S0 first, 2: list<S0> list, 3: map<string, Tree> trees }}
        {chain}
        struct S50 {{ 1: i32 number }}"
    );
    for name in ["Tree", "Branch", "Leaf", "Deep"] {
        for seed in 0..50 {
            let (layout, id, mut sampler) = sampler(&text, name, seed);
            assert!(sampler.has_values(), "{name}");
            let (value, mut bytes) = (sampler.value(), Vec::new());
            layout.encode_into::<Binary>(id, &value, &mut bytes).unwrap();
            let read = layout.decode::<Binary>(id, &bytes, Limits::THRIFT).unwrap();
            assert_eq!(read, value, "{name} with seed {seed}");
        }
    }
}

#[test]
fn values_do_not_multiply() {
    let text: String = (0..200)
        .map(|at| format!("struct S{at} {{ 1: required S{0} one, 2: required S{0} two }}\n", at + 1))
        .chain(["struct S200 {}\n".to_owned()])
        .collect();
    // 190 levels would be too deep anyway; 20 levels have a million values.
    for (name, has) in [("S0", false), ("S180", false), ("S190", true), ("S199", true)] {
        let (layout, id, mut sampler) = sampler(&text, name, 1);
        assert_eq!(sampler.has_values(), has, "{name}");
        if has {
            layout.encode_into::<Binary>(id, &sampler.value(), &mut Vec::new()).unwrap();
        }
    }
}
