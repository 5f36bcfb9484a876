//! The OpenAPI 3.1 document, made of the table of endpoints and the schemas.

use crate::asked::{CURSOR_CHARS_MAX, LINE_CODE_CHARS_MAX, VALUES_MAX};
use crate::endpoint::{Body, ENDPOINTS, Endpoint, Kind, Parameter};
use crate::schema;
use serde_json::{Map, Value, json};

/// The whole document.
pub fn openapi() -> Value {
    let read = ENDPOINTS
        .into_iter()
        .map(|endpoint| (endpoint.path.to_owned(), json!({ "get": operation(endpoint) })));
    let paths: Map<String, Value> = read.chain(imports()).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Akimat",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Budgets, projects, forecasts and decisions of akimats as open data",
            "description": "Amounts are exact decimal strings in tenge. Dates are ISO 8601, instants RFC 3339 \
                            in UTC. Lists go on with the word `next` as `cursor`. Every resource has a strong \
                            tag; `If-None-Match` saves the second transfer. What is marked `invented` belongs \
                            to the demonstration.",
            "license": { "name": "European Union Public Licence 1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": "/" }],
        "security": [],
        "tags": tags(),
        "paths": paths,
        "components": {
            "schemas": schema::all(),
            "headers": headers(),
            "responses": responses(),
            "securitySchemes": { "key": { "type": "http", "scheme": "bearer" } },
        },
    })
}

/// What systems bring in by a key.
fn imports() -> [(String, Value); 2] {
    let text = json!({ "type": "string" });
    let import = json!({ "description": "The import.", "content": { "application/json": {
        "schema": { "type": "object", "additionalProperties": true },
    } } });
    let parameter = |name: &str, place: &str, help: &str| json!({ "name": name, "in": place, "required": place == "path", "description": help, "schema": text });
    let begin = json!({
        "operationId": "beginImport",
        "tags": ["Imports"],
        "summary": "Brings a register of projects in: the whole body is the file",
        "security": [{ "key": [] }],
        "parameters": [
            parameter("file", "query", "Name of the file."),
            parameter("profile", "query", "A saved mapping of columns and words."),
            parameter("run", "query", "`yes` carries it out when nothing is wrong."),
        ],
        "requestBody": { "required": true, "content": {
            "text/csv": { "schema": text },
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": { "schema": text },
        } },
        "responses": { "202": import, "422": import, "default": refer(0) },
    });
    let show = json!({
        "operationId": "showImport",
        "tags": ["Imports"],
        "summary": "How far an import is",
        "security": [{ "key": [] }],
        "parameters": [parameter("id", "path", "Identifier.")],
        "responses": { "200": import, "404": refer(404), "default": refer(0) },
    });
    [
        (crate::push::IMPORTS.to_owned(), json!({ "post": begin })),
        (crate::push::IMPORT.to_owned(), json!({ "get": show })),
    ]
}

fn tags() -> Value {
    let mut tags: Vec<&str> = ENDPOINTS.into_iter().map(|endpoint| endpoint.tag).collect();
    tags.dedup();
    tags.push("Imports");
    tags.into_iter().map(|tag| json!({ "name": tag })).collect()
}

fn headers() -> Value {
    json!({
        "ETag": {
            "description": "Strong tag of the content.",
            "schema": { "type": "string" },
        },
        "RetryAfter": {
            "description": "Seconds after which to try again.",
            "schema": { "type": "integer", "minimum": 0 },
        },
    })
}

/// The problems by the names under which operations refer to them.
const RESPONSES: [(u16, &str, &str); 5] = [
    (400, "BadRequest", "A parameter is wrong; `errors` names each."),
    (404, "NotFound", "There is no such thing."),
    (422, "NoForecast", "The data allow no honest forecast or answer; `refusal` says why."),
    (503, "Unavailable", "The database does not answer."),
    (0, "Problem", "Any other failure."),
];

fn responses() -> Value {
    let response = |(status, name, description): (u16, &str, &str)| {
        let content = json!({ "application/problem+json": {
            "schema": { "$ref": "#/components/schemas/Problem" },
        } });
        let mut response = json!({ "description": description, "content": content });
        if status == 503 {
            response["headers"] = json!({ "Retry-After": { "$ref": "#/components/headers/RetryAfter" } });
        }
        (name.to_owned(), response)
    };
    Value::Object(RESPONSES.into_iter().map(response).collect())
}

fn refer(status: u16) -> Value {
    let name =
        RESPONSES.into_iter().find(|(known, ..)| *known == status).map_or("Problem", |(_, name, _)| name);
    json!({ "$ref": format!("#/components/responses/{name}") })
}

fn operation(endpoint: &Endpoint) -> Value {
    let resource = matches!(endpoint.body, Body::Resource(..));
    let mut parameters: Vec<Value> =
        endpoint.parameters.iter().map(|asked| parameter(endpoint, asked)).collect();
    if resource {
        parameters.push(json!({
            "name": "If-None-Match", "in": "header", "required": false,
            "description": "Tags that the client has; the answer is 304 when one of them is current.",
            "schema": { "type": "string" },
        }));
    }
    let mut responses = Map::new();
    responses.insert("200".to_owned(), answer(endpoint));
    if resource {
        let headers = json!({ "ETag": { "$ref": "#/components/headers/ETag" } });
        responses
            .insert("304".to_owned(), json!({ "description": "The client has it.", "headers": headers }));
    }
    for status in problems(endpoint) {
        responses.insert(status.to_string(), refer(status));
    }
    responses.insert("default".to_owned(), refer(0));
    let mut operation = json!({
        "operationId": endpoint.id,
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
        "parameters": parameters,
        "responses": responses,
    });
    if endpoint.path == crate::audit::LIST.path {
        operation["security"] = json!([{ "key": [] }]);
    }
    operation
}

fn problems(endpoint: &Endpoint) -> Vec<u16> {
    let mut problems = endpoint.problems.to_vec();
    if !endpoint.parameters.is_empty() {
        // Whatever takes parameters asks the database.
        problems.extend([400, 503]);
    }
    if endpoint.path.contains('{') {
        problems.push(404);
    }
    problems.sort_unstable();
    problems.dedup();
    problems
}

fn answer(endpoint: &Endpoint) -> Value {
    match endpoint.body {
        Body::Resource(schema, example) | Body::Status(schema, example) => {
            // A test holds that every example is JSON of its schema.
            let example: Value = serde_json::from_str(example).unwrap_or(Value::Null);
            let content = json!({ "application/json": {
                "schema": { "$ref": format!("#/components/schemas/{schema}") },
                "example": example,
            } });
            let mut answer = json!({ "description": endpoint.summary, "content": content });
            if matches!(endpoint.body, Body::Resource(..)) {
                answer["headers"] = json!({ "ETag": { "$ref": "#/components/headers/ETag" } });
            }
            answer
        }
        Body::Csv(example) => json!({
            "description": endpoint.summary,
            "content": { "text/csv": { "schema": { "type": "string" }, "example": example } },
        }),
        Body::Text(example) => json!({
            "description": endpoint.summary,
            "content": { "text/plain": { "schema": { "type": "string" }, "example": example } },
        }),
    }
}

fn parameter(endpoint: &Endpoint, asked: &Parameter) -> Value {
    let in_path = endpoint.in_path(asked);
    let values = values(asked.kind);
    let schema = if asked.repeatable {
        json!({ "type": "array", "items": values, "maxItems": VALUES_MAX })
    } else {
        values
    };
    let mut parameter = json!({
        "name": asked.name,
        "in": if in_path { "path" } else { "query" },
        "required": asked.required,
        "description": asked.help,
        "schema": schema,
    });
    if asked.repeatable {
        parameter["style"] = "form".into();
        parameter["explode"] = true.into();
    }
    parameter
}

/// What [`crate::asked`] lets through, as a schema.
fn values(kind: Kind) -> Value {
    match kind {
        Kind::Words(chars_max) => json!({ "type": "string", "maxLength": chars_max }),
        // The first two digits are not 00.
        Kind::Place => json!({ "type": "string", "pattern": "^(0[1-9]|[1-9][0-9])[0-9]{7}$" }),
        Kind::Id => json!({ "type": "string", "format": "uuid", "minLength": 36, "maxLength": 36 }),
        Kind::Whole { min, max, default } => {
            let mut schema = json!({ "type": "integer", "minimum": min, "maximum": max });
            if let Some(default) = default {
                schema["default"] = default.into();
            }
            schema
        }
        Kind::Cursor => json!({
            "type": "string", "pattern": "^[A-Za-z0-9_~-]+$", "maxLength": CURSOR_CHARS_MAX,
        }),
        Kind::LineCode => json!({
            "type": "string", "pattern": "^[0-9/-]+$", "maxLength": LINE_CODE_CHARS_MAX,
        }),
        Kind::OneOf(names, default) => {
            let mut schema = json!({ "type": "string", "enum": names() });
            if let Some(default) = default {
                schema["default"] = default.into();
            }
            schema
        }
    }
}
