//! Values in the form of another tool.

use crate::{
    error::{ErrorKind, Problem, Problems},
    files::foreign::Tool,
    model::{
        path::{Shown, Step},
        tree::{Item, Table, Value},
    },
    read::form::{Expected, FileForm},
    shown,
};

/// Looks for values in the form of another tool, which no program expects. Of those that one may decrypt
/// by itself it only warns. What is said to be bytes is taken as it is.
pub(crate) fn check(
    tree: &Table,
    expected: &dyn Expected,
    problems: &mut Problems,
    warnings: &mut Vec<String>,
) {
    Check {
        expected,
        path: Vec::new(),
        problems,
        warnings,
    }
    .table(tree);
}

struct Check<'a> {
    expected: &'a dyn Expected,
    path: Vec<Step>,
    problems: &'a mut Problems,
    warnings: &'a mut Vec<String>,
}

impl Check<'_> {
    fn table(&mut self, table: &Table) {
        for (key, item) in &table.entries {
            self.path.push(Step::Key(key.clone()));
            self.item(item);
            self.path.pop();
        }
    }

    fn item(&mut self, item: &Item) {
        match &item.value {
            Value::Table(table) => self.table(table),
            Value::Array(array) => {
                self.path.push(Step::Element);
                array.items.iter().for_each(|item| self.item(item));
                self.path.pop();
            }
            Value::String(text) => {
                if let Some(tool) = Tool::of_value(text) {
                    self.report(item, tool);
                }
            }
            _ => {}
        }
    }

    fn report(&mut self, item: &Item, tool: Tool) {
        if matches!(
            self.expected.file_form(&self.path),
            FileForm::Bytes | FileForm::Encoded
        ) {
            return;
        }
        let path = Shown(&self.path).to_string();
        let message = format!(
            "`{}` {}; if this text is wanted as it is, give the key the type `bytes:utf8`",
            shown::keys(&path),
            tool.described()
        );
        let problem = Problem::at(ErrorKind::Value, &item.origin, message).about(&path);
        if !tool.may_be_wanted() {
            self.problems.push(problem);
        } else if !self.warnings.contains(&problem.to_string()) {
            self.warnings.push(problem.to_string());
        }
    }
}
