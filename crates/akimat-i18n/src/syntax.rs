//! Reading the syntax tree of a message: which arguments it takes, which plural forms it gives.

use fluent_syntax::ast::{CallArguments, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use std::collections::BTreeSet;

/// One selector of a message: what it chooses by, and the forms it offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// Name of the argument; empty when it is not an argument.
    pub argument: String,
    /// Keys of the variants in the order written, such as `one`, `other`, `0`.
    pub keys: Vec<String>,
}

/// What a message needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Names of its arguments.
    pub arguments: BTreeSet<String>,
    /// Names of messages and terms it repeats.
    pub references: BTreeSet<String>,
    /// Its selectors.
    pub selectors: Vec<Selector>,
}

/// Everything the pattern of a message needs.
pub fn needs(pattern: &Pattern<&str>) -> Needs {
    let mut needs = Needs::default();
    walk_pattern(pattern, &mut needs);
    needs
}

fn walk_pattern(pattern: &Pattern<&str>, needs: &mut Needs) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            walk(expression, needs);
        }
    }
}

fn walk(expression: &Expression<&str>, needs: &mut Needs) {
    match expression {
        Expression::Inline(inline) => walk_inline(inline, needs),
        Expression::Select { selector, variants } => {
            walk_inline(selector, needs);
            let argument = match selector {
                InlineExpression::VariableReference { id } => id.name.to_owned(),
                _ => String::new(),
            };
            let keys = variants
                .iter()
                .map(|variant| match &variant.key {
                    VariantKey::Identifier { name } => (*name).to_owned(),
                    VariantKey::NumberLiteral { value } => (*value).to_owned(),
                })
                .collect();
            needs.selectors.push(Selector { argument, keys });
            for variant in variants {
                walk_pattern(&variant.value, needs);
            }
        }
    }
}

fn walk_inline(inline: &InlineExpression<&str>, needs: &mut Needs) {
    match inline {
        InlineExpression::VariableReference { id } => {
            needs.arguments.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, .. } => {
            needs.references.insert(id.name.to_owned());
        }
        InlineExpression::TermReference { id, arguments, .. } => {
            needs.references.insert(format!("-{}", id.name));
            walk_call(arguments.as_ref(), needs);
        }
        InlineExpression::FunctionReference { arguments, .. } => walk_call(Some(arguments), needs),
        InlineExpression::Placeable { expression } => walk(expression, needs),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}

fn walk_call(arguments: Option<&CallArguments<&str>>, needs: &mut Needs) {
    let Some(arguments) = arguments else { return };
    for inline in &arguments.positional {
        walk_inline(inline, needs);
    }
    for named in &arguments.named {
        walk_inline(&named.value, needs);
    }
}
