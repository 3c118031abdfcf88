//! Faults of plans as findings.

use super::{Sides, fixes, rules};
use crate::compat::{Directions, Finding, Rule};
use crate::diagnostic::Severity;
use crate::thrift::resolve::{Fault, FaultKind};

impl Sides<'_> {
    /// The finding that a fault is.
    pub(super) fn finding(&self, fault: &Fault) -> Finding {
        let places = (fault.writer.clone(), fault.reader.clone());
        let mut finding = self.found(self.rule_of(fault), fault.message.clone(), places);
        if fault.breaks {
            finding.breaks = Directions::from(self.direction);
            finding.severity = Severity::Error;
        }
        finding.fix = fixes::fix(self, fault);
        finding
    }

    fn rule_of(&self, fault: &Fault) -> &'static Rule {
        match fault.kind {
            FaultKind::MissingRequired => &rules::MISSING_REQUIRED_FIELD,
            FaultKind::UnsetRequired => &rules::UNSET_REQUIRED_FIELD,
            FaultKind::TypeMismatch if self.is_result(fault) => &rules::CHANGED_RETURN_TYPE,
            FaultKind::TypeMismatch => &rules::TYPE_MISMATCH,
            FaultKind::UnionAndStruct => &rules::UNION_AND_STRUCT,
            FaultKind::MissingArm if self.is_answer(fault) => &rules::UNDECLARED_EXCEPTION,
            FaultKind::MissingArm => &rules::MISSING_UNION_FIELD,
            FaultKind::ChangedId => &rules::CHANGED_ID,
            FaultKind::RenumberedValue => &rules::RENUMBERED_VALUE,
            FaultKind::UnknownValue => &rules::UNKNOWN_VALUE,
            FaultKind::BytesAsText => &rules::BYTES_TO_STRING,
        }
    }

    /// Whether a fault is one of the answer to a call.
    pub(super) fn is_answer(&self, fault: &Fault) -> bool {
        let message = fault.site.as_ref().and_then(|site| self.writer.messages.message(site.writer));
        message.is_some_and(|message| message.is_answer)
    }

    /// Whether a fault is one of the result of a call.
    fn is_result(&self, fault: &Fault) -> bool {
        let Some(site) = &fault.site else { return false };
        let field = site.field.and_then(|field| self.writer.program[site.writer].fields.get(field));
        self.is_answer(fault) && field.is_some_and(|field| field.id == 0)
    }
}
