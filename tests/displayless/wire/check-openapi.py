#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Holds data/openapi.yaml, the messages the codecs are tested with, and a running center's answers to one another.

    check-openapi.py OPENAPI [--messages DIR] [--answers DIR]

Without options the document checks itself: its structure, its references, its examples. With --messages each
"<Schema>[.<variant>].json" must fit that schema; of a ".ndjson" the first line must, and each other one <Schema>Line. With --answers each file is one recorded answer,

    {"method": "GET", "path": "/api/v1/session", "status": 200, "content-type": "application/json",
     "headers": {"Retry-After": "1"}, "body": {...}}

where path is the template as in the document, headers are optional, and body may be null when there was none. Prints
TAP; fails when there is nothing to check.
"""
import argparse
import json
import pathlib
import re
import sys

import jsonschema
import yaml

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
DIALECT = jsonschema.Draft202012Validator
PROBLEM = "application/problem+json"
STATUS_OF = {
    "bad-request": 400, "unauthorized": 401, "forbidden": 403, "not-found": 404, "method-not-allowed": 405,
    "cursor-expired": 410, "revision-moved": 412, "too-large": 413, "unsupported-type": 415, "refused": 422,
    "upload-offset": 409, "upload-digest": 422, "upload-picture": 422, "upload-quota": 507, "key-reused": 422, "precondition-needed": 428, "too-many": 429, "failed": 500, "unavailable": 503,
}

count = 0
failed = 0


def report(good, name, details=()):
    global count, failed
    count += 1
    failed += not good
    for line in details:
        print("# " + str(line))
    print(f"{'ok' if good else 'not ok'} {count} - {name}")


class Document:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.root = yaml.safe_load(file)

    def resolve(self, ref):
        node = self.root
        if not ref.startswith("#/"):
            raise KeyError(ref)
        for part in ref[2:].split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node

    def follow(self, node):
        while isinstance(node, dict) and "$ref" in node and len(node) == 1:
            node = self.resolve(node["$ref"])
        return node

    def validator(self, schema):
        # The schema stands beside the components, so that "#/components/…" resolves inside one document.
        whole = {"components": self.root["components"], "allOf": [schema]}
        return DIALECT(whole)

    def faults(self, schema, value, limit=5):
        found = []
        for error in self.validator(schema).iter_errors(value):
            while error.context:
                error = jsonschema.exceptions.best_match(error.context) or error
                if not error.context:
                    break
            where = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.absolute_path)
            found.append(f"{where or '$'}: {error.message[:200]}")
            if len(found) == limit:
                break
        return found


def walk(node, path="$"):
    yield path, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, f"{path}.{key}")
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from walk(value, f"{path}[{i}]")


def check_structure(document):
    root, bad = document.root, []
    if not re.match(r"3\.1\.\d+$", str(root.get("openapi"))):
        bad.append("openapi is not 3.1")
    for name in ("title", "version"):
        if not isinstance(root.get("info", {}).get(name), str):
            bad.append(f"info.{name}")
    unknown = set(root) - {"openapi", "info", "servers", "security", "tags", "paths", "components"}
    bad += [f"unknown member {name}" for name in unknown]
    if not root.get("paths"):
        bad.append("no paths")
    seen = set()
    for path, item in root.get("paths", {}).items():
        bad += check_path(document, path, item, seen)
    for name in root["components"]["schemas"]:
        if not re.match(r"^[A-Za-z0-9._-]+$", name):
            bad.append(f"schema name {name}")
    report(not bad, "the document has the structure of OpenAPI 3.1", bad)


def check_path(document, path, item, seen):
    bad = []
    wanted = set(re.findall(r"{([^}]+)}", path))
    shared = [document.follow(p) for p in item.get("parameters", [])]
    for method, operation in item.items():
        if method == "parameters":
            continue
        where = f"{method} {path}"
        if method not in METHODS:
            bad.append(f"{where}: no such method")
            continue
        identifier = operation.get("operationId")
        if not identifier or identifier in seen:
            bad.append(f"{where}: operationId missing or used twice")
        seen.add(identifier)
        parameters = shared + [document.follow(p) for p in operation.get("parameters", [])]
        named = {p["name"] for p in parameters if p["in"] == "path"}
        if named != wanted:
            bad.append(f"{where}: path parameters {named} are not {wanted}")
        for p in parameters:
            if p["in"] not in ("path", "query", "header") or "schema" not in p:
                bad.append(f"{where}: parameter {p.get('name')}")
            if p["in"] == "path" and p.get("required") is not True:
                bad.append(f"{where}: path parameter {p['name']} must be required")
        bad += check_responses(document, where, operation)
    return bad


def check_responses(document, where, operation):
    bad = []
    responses = operation.get("responses")
    if not responses:
        return [f"{where}: no responses"]
    for status, response in responses.items():
        if not re.match(r"^([1-5]\d\d|default)$", str(status)):
            bad.append(f"{where}: status {status!r} (quoted strings are wanted)")
        response = document.follow(response)
        if "description" not in response:
            bad.append(f"{where} {status}: no description")
        for media in response.get("content", {}).values():
            if "schema" not in media:
                bad.append(f"{where} {status}: no schema")
    body = operation.get("requestBody")
    if body and not document.follow(body).get("content"):
        bad.append(f"{where}: request without content")
    return bad


def check_references(document):
    bad, used = [], set()
    for path, node in walk(document.root):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            used.add(node["$ref"])
            try:
                document.resolve(node["$ref"])
            except (KeyError, TypeError):
                bad.append(f"{path}: {node['$ref']} leads nowhere")
    for kind, entries in document.root["components"].items():
        for name in entries:
            ref = f"#/components/{kind}/{name}"
            if ref not in used and kind != "securitySchemes" and name != "Profile":
                bad.append(f"{ref} is never used")
    report(not bad, "every reference leads somewhere and everything is used", bad)


def check_schemas(document):
    bad = []
    for name, schema in document.root["components"]["schemas"].items():
        try:
            DIALECT.check_schema(schema)
        except jsonschema.SchemaError as error:
            bad.append(f"{name}: {error.message}")
        for path, node in walk(schema, name):
            if isinstance(node, dict) and "required" in node and "properties" in node and "if" not in node:
                bad += [f"{path}: {r} is required and unknown" for r in node["required"]
                        if r not in node["properties"]]
            if isinstance(node, dict) and node.get("type") == "number":
                bad.append(f"{path}: there are only integers")
    report(not bad, "every schema is one", bad)


def check_examples(document):
    bad, n = [], 0
    for path, node in walk(document.root):
        if not isinstance(node, dict):
            continue
        if "schema" in node and isinstance(node.get("examples"), dict):
            for name, example in node["examples"].items():
                n += 1
                bad += [f"{path}.{name}: {f}" for f in document.faults(node["schema"], example["value"])]
        elif isinstance(node.get("examples"), list) and "type" in node:
            for example in node["examples"]:
                n += 1
                bad += [f"{path}: {f}" for f in document.faults(node, example)]
    report(n > 0 and not bad, f"{n} examples fit their schemas", bad)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def parts_of(file):
    """(schema, value) of each object in the file."""
    name = file.name.split(".")[0]
    if file.suffix == ".json":
        return [(name, load(file))]
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [(name if i == 0 else name + "Line", line) for i, line in enumerate(lines)]


def check_messages(document, folder):
    files = sorted(f for f in pathlib.Path(folder).iterdir() if f.suffix in (".json", ".ndjson"))
    report(bool(files), f"there are messages ({len(files)})")
    for file in files:
        faults = []
        for name, value in parts_of(file):
            if name not in document.root["components"]["schemas"]:
                faults.append(f"no schema {name}")
            else:
                faults += document.faults({"$ref": f"#/components/schemas/{name}"}, value)
        report(not faults, file.name, faults)


def check_answer(document, answer):
    """The faults of one recorded answer."""
    item = document.root["paths"].get(answer["path"])
    if item is None:
        return [f"no path {answer['path']} in the document"]
    operation = item.get(answer["method"].lower())
    responses = operation["responses"] if operation else {"default": {"$ref": "#/components/responses/Failed"}}
    status = str(answer["status"])
    if status not in responses and int(status) < 400:
        return [f"status {status} is not in the document"]
    response = document.follow(responses.get(status, responses.get("default")))
    faults = check_headers(document, response, answer.get("headers", {}))
    kind = (answer.get("content-type") or "").split(";")[0].strip()
    content = response.get("content", {})
    if answer["method"] == "HEAD":
        return faults  # it has no body, whatever it says of one
    if not kind and answer.get("body") is None:
        return faults + ([] if int(status) < 400 else ["an error without a body"])
    if kind not in content:
        return faults + [f"content type {kind!r} is not one of {sorted(content)}"]
    if not kind.endswith("json"):
        return faults  # bytes
    faults += document.faults(content[kind]["schema"], answer["body"])
    if kind == PROBLEM and not faults:
        faults += check_problem(answer)
    return faults


def check_headers(document, response, headers):
    faults, lower = [], {name.lower(): value for name, value in headers.items()}
    for name, header in response.get("headers", {}).items():
        header = document.follow(header)
        value = lower.get(name.lower())
        if value is None:
            # recordings may leave headers out altogether
            faults += [f"header {name} is missing"] if header.get("required") and headers else []
            continue
        if header["schema"].get("type") == "integer":
            value = int(value) if re.match(r"^\d+$", value) else value
        faults += [f"header {name}: {f}" for f in document.faults(header["schema"], value)]
    return faults


def check_problem(answer):
    body, faults = answer["body"], []
    if body["status"] != answer["status"]:
        faults.append(f"problem says {body['status']}, the answer was {answer['status']}")
    if body["type"] != "urn:qingce:problem:" + body["code"]:
        faults.append(f"type {body['type']} does not name the code {body['code']}")
    if STATUS_OF[body["code"]] != answer["status"]:
        faults.append(f"{body['code']} goes with {STATUS_OF[body['code']]}")
    return faults


def check_answers(document, folder):
    files = sorted(pathlib.Path(folder).rglob("*.json"))
    report(bool(files), f"there are recorded answers ({len(files)})")
    for file in files:
        answer = load(file)
        faults = check_answer(document, answer)
        report(not faults, f"{answer['method']} {answer['path']} {answer['status']} ({file.name})", faults)


# Answers that must be refused: a check that cannot fail checks nothing.
BAD_ANSWERS = [
    ("an unknown path", {"path": "/api/v2/session"}),
    ("an unknown status", {"status": 207}),
    ("another content type", {"content-type": "text/html"}),
    ("a missing member", {"body": {"user": "a", "units": []}}),
    ("a wrong type", {"body": {"user": 1, "units": [], "roles": []}}),
    ("a problem of another status", {"status": 403, "content-type": PROBLEM, "body": {
        "type": "urn:qingce:problem:unauthorized", "title": "x", "status": 401, "code": "unauthorized"}}),
    ("a problem whose type names another code", {"status": 403, "content-type": PROBLEM, "body": {
        "type": "urn:qingce:problem:not-found", "title": "x", "status": 403, "code": "forbidden"}}),
    ("an error without a body", {"status": 500, "content-type": None, "body": None}),
    ("a 401 without its header", {"status": 401, "content-type": PROBLEM, "headers": {"X": "y"}, "body": {
        "type": "urn:qingce:problem:unauthorized", "title": "x", "status": 401, "code": "unauthorized"}}),
]


def check_itself(document):
    good = {"method": "GET", "path": "/api/v1/session", "status": 200, "content-type": "application/json",
            "body": {"user": "a", "units": [], "roles": []}}
    bad = [f"refused a good answer: {f}" for f in check_answer(document, good)]
    bad += [f"accepted {what}" for what, change in BAD_ANSWERS if not check_answer(document, {**good, **change})]
    report(not bad, f"{len(BAD_ANSWERS)} bad answers are refused", bad)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("openapi")
    parser.add_argument("--messages", metavar="DIR")
    parser.add_argument("--answers", metavar="DIR")
    options = parser.parse_args()

    document = Document(options.openapi)
    if options.answers:
        check_answers(document, options.answers)
    else:
        check_structure(document)
        check_references(document)
        check_schemas(document)
        check_examples(document)
        check_itself(document)
    if options.messages:
        check_messages(document, options.messages)
    print(f"1..{count}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
