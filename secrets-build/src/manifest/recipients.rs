//! The settings about keys: to whom values are encrypted, and what decrypts sources.

use std::path::PathBuf;

use toml::{Spanned, de::DeValue};

use super::reader::Reader;
use crate::{
    origin::Origin,
    recipient::{RecipientSetting, may_be_private},
    settings::IDENTITY_IS_NO_PATH,
};

impl Reader<'_> {
    pub(super) fn recipients(
        &mut self,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Vec<RecipientSetting>> {
        let Some(array) = value.get_ref().as_array() else {
            return self.wrong(
                value,
                "recipients",
                "an array of recipients, or paths of files of them",
            );
        };
        let recipients = array.iter().enumerate();
        Some(
            recipients
                .filter_map(|(index, of)| self.recipient(of, &format!("recipients[{index}]")))
                .collect(),
        )
    }

    fn recipient(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<RecipientSetting> {
        let setting = self.recipient_setting(value, key)?;
        if let Some(problem) = setting.misplaced(key, self.base) {
            self.problem(value.span().start, &problem);
            return None;
        }
        Some(setting.at(self.base))
    }

    /// A recipient as it was typed.
    fn recipient_setting(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        key: &str,
    ) -> Option<RecipientSetting> {
        if let Some(text) = value.get_ref().as_str() {
            let place = format!("{}: ", Origin::text(self.file, value.span().start));
            return Some(RecipientSetting::new(text, place));
        }
        let expected = "a recipient, a path, `{ passphrase-file = \"...\" }` or \
                        `{ passphrase-env = \"...\" }`";
        let entry = value.get_ref().as_table().filter(|table| table.len() == 1);
        let entry = entry.and_then(|table| table.iter().next());
        let entry = entry.map(|(key, value)| (key.get_ref().as_ref(), value.get_ref().as_str()));
        match entry {
            Some(("passphrase-file", Some(path))) => {
                Some(RecipientSetting::PassphraseFile(path.into()))
            }
            Some(("passphrase-env", Some(name))) => {
                Some(RecipientSetting::PassphraseVariable(name.to_owned()))
            }
            _ => self.wrong(value, key, expected),
        }
    }

    pub(super) fn identity(&mut self, value: &Spanned<DeValue<'_>>) -> Option<PathBuf> {
        let text = value.get_ref().as_str();
        if text.is_some_and(may_be_private) {
            self.problem(value.span().start, IDENTITY_IS_NO_PATH);
            return None;
        }
        self.path(value, "identity")
    }
}
