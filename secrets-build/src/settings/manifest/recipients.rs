//! The settings about keys: to whom values are encrypted, and what decrypts sources.

use toml::{Spanned, de::DeValue};

use crate::{
    origin::Origin,
    settings::{manifest::reader::Reader, recipient::RecipientSetting},
};

impl Reader<'_> {
    /// The recipients that the setting `setting` lists.
    pub(super) fn recipients(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        setting: &str,
    ) -> Option<Vec<RecipientSetting>> {
        let Some(array) = value.get_ref().as_array() else {
            return self.expected(
                value,
                setting,
                "an array of recipients, or paths of files of them",
            );
        };
        let recipients = array
            .iter()
            .enumerate()
            .filter_map(|(index, element)| self.recipient(element, &format!("{setting}[{index}]")));
        Some(recipients.collect())
    }

    fn recipient(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        setting: &str,
    ) -> Option<RecipientSetting> {
        let typed = self.typed_recipient(value, setting)?;
        self.problems.keep(typed.resolve(self.base))
    }

    /// A recipient as it was typed.
    fn typed_recipient(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        setting: &str,
    ) -> Option<RecipientSetting> {
        let origin = Origin::text(self.file, value.span().start);
        if let Some(text) = value.get_ref().as_str() {
            return Some(RecipientSetting::new(text, setting, origin));
        }
        let expected = "a recipient, a path, `{ passphrase-file = \"...\" }` or \
                        `{ passphrase-env = \"...\" }`";
        let entry = value.get_ref().as_table().filter(|table| table.len() == 1);
        let entry = entry
            .and_then(|table| table.iter().next())
            .map(|(key, value)| (key.get_ref().as_ref(), value.get_ref().as_str()));
        match entry {
            Some((key @ "passphrase-file", Some(path))) => {
                let setting = format!("{setting}.{key}");
                Some(RecipientSetting::passphrase_file(
                    path.into(),
                    &setting,
                    origin,
                ))
            }
            Some((key @ "passphrase-env", Some(name))) => {
                Some(RecipientSetting::PassphraseVariable {
                    name: name.to_owned(),
                    setting: format!("{setting}.{key}"),
                    origin,
                })
            }
            _ => self.expected(value, setting, expected),
        }
    }
}
