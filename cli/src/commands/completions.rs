use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::output;
use crate::stop::{Outcome, Result};

/// Print the completions of a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cognate completions bash > ~/.local/share/bash-completion/completions/cognate
  cognate completions fish > ~/.config/fish/completions/cognate.fish
  cognate completions zsh > ~/.zfunc/_cognate")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) -> Result<Outcome> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut crate::Cli::command(), "cognate", &mut script);
        output::print(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Clean)
    }
}
