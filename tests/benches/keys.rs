//! Secrets files of any size.

use std::fmt::Write;

/// How many keys a table has.
const PER_TABLE: usize = 10;

/// How the tables of a file resemble each other.
#[derive(Clone, Copy)]
pub(crate) enum Tables {
    /// All have the same keys.
    Alike,
    /// No two tables have a key in common.
    Different,
}

/// A file of this many keys, ten a table. The value of one key in the middle is reported by `round`.
pub(crate) fn file(keys: usize, tables: Tables, round: usize) -> String {
    let mut text = String::new();
    for key in 0..keys {
        let (table, position) = (key / PER_TABLE, key % PER_TABLE);
        if position == 0 {
            let _ = writeln!(text, "[table_{table}]");
        }
        let _ = match tables {
            Tables::Alike => write!(text, "key_{position} = "),
            Tables::Different => write!(text, "key_{table}_{position} = "),
        };
        let _ = match position {
            0 if table == keys / PER_TABLE / 2 => {
                writeln!(text, "\"the value of round {round}\"")
            }
            0..=5 => writeln!(text, "\"the value of key {key}\""),
            6 | 7 => writeln!(text, "{key}"),
            8 => writeln!(text, "{key}.25"),
            _ => writeln!(text, "{}", table % 2 == 0),
        };
    }
    text
}

/// The fields that lead to the first value.
pub(crate) fn first(tables: Tables) -> &'static str {
    match tables {
        Tables::Alike => "table_0.key_0",
        Tables::Different => "table_0.key_0_0",
    }
}
