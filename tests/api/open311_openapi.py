"""Open311 as an OpenAPI document, written from the specification: what the fuzzing test calls and expects."""

TEXT = {"type": "string", "nullable": True}
NUMBER = {"type": "number", "nullable": True}
MOMENT = {"type": "string", "format": "date-time"}
UPDATE = {
    "type": "object",
    "required": ["update_id", "service_request_id", "status", "updated_datetime", "description"],
    "properties": {"status": {"enum": ["open", "closed"]}, "updated_datetime": MOMENT},
}
REQUEST = {
    "type": "object",
    "required": [
        "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
        "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
        "address", "address_id", "zipcode", "lat", "long", "media_url",
    ],
    "properties": {
        "service_request_id": {"type": "string"},
        "status": {"enum": ["open", "closed"]},
        **dict.fromkeys(("status_notes", "service_name", "service_code", "description", "address"), TEXT),
        "requested_datetime": MOMENT,
        "updated_datetime": MOMENT,
        "lat": NUMBER,
        "long": NUMBER,
        "updates": {"type": "array", "items": UPDATE},
    },
}  # fmt: skip
ERRORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["code", "description"],
        "properties": {"code": {"type": "integer"}, "description": {"type": "string", "minLength": 1}},
    },
}


def list_of(item):
    return {"type": "array", "items": item}


def answers(schema, *refusals):
    told = {"200": {"description": "as asked", "content": {"application/json": {"schema": schema}}}}
    for status in ("400", "404", "405", *refusals):
        told[status] = {"description": "refused", "content": {"application/json": {"schema": ERRORS}}}
    return told


def parameter(name, where="query", **schema):
    found = {"name": name, "in": where, "schema": {"type": "string", **schema}}
    return {**found, "required": True} if where == "path" else found


def document(*, letters, service_code, case_code):
    """Ways to what is there lie beside ways to what is not."""
    code = {"anyOf": [{"enum": [case_code]}, {"type": "string"}]}
    path_code = {"name": "code", "in": "path", "required": True, "schema": code}
    service = {
        "name": "code",
        "in": "path",
        "required": True,
        "schema": {"anyOf": [{"enum": [service_code]}, {"type": "string"}]},
    }
    jurisdiction = parameter("jurisdiction_id")
    asked = [
        jurisdiction,
        *(parameter(name) for name in ("service_request_id", "service_code", "status", "page", "per_page")),
        parameter("start_date", format="date-time"),
        parameter("end_date", format="date-time"),
        parameter("extensions", enum=["true", "false"]),
    ]
    report = {
        "type": "object",
        "required": ["api_key", "service_code", "description"],
        "properties": {
            "api_key": {"anyOf": [{"enum": [letters]}, {"type": "string"}]},
            "service_code": {"anyOf": [{"enum": [service_code]}, {"type": "string"}]},
            "description": {"type": "string"},
            "lat": {"type": "number"},
            "long": {"type": "number"},
            **{
                name: {"type": "string"}
                for name in (
                    "address_string", "address_id", "email", "device_id", "account_id", "first_name",
                    "last_name", "phone", "media_url", "jurisdiction_id", "attribute[kind]",
                )
            },
        },
    }  # fmt: skip
    receipt = {
        "type": "object",
        "required": ["service_request_id", "service_notice", "account_id"],
        "properties": {"service_request_id": {"type": "string"}, "service_notice": TEXT},
    }
    posted = {
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": report}},
        },
        "responses": answers(list_of(receipt), "403", "429"),
    }

    def get(schema, *parameters, refusals=()):
        return {"get": {"parameters": list(parameters), "responses": answers(schema, "429", *refusals)}}

    return {
        "openapi": "3.0.3",
        "info": {"title": "Open311 GeoReport v2", "version": "2"},
        "paths": {
            "/open311/v2/discovery.json": get({"type": "object", "required": ["changeset", "endpoints"]}),
            "/open311/v2/services.json": get(list_of({"type": "object"}), jurisdiction),
            "/open311/v2/services/{code}.json": get({"type": "object"}, service, jurisdiction),
            "/open311/v2/tokens/{code}.json": get(list_of({"type": "object"}), path_code, refusals=("410",)),
            "/open311/v2/requests.json": {**get(list_of(REQUEST), *asked), "post": posted},
            "/open311/v2/requests/{code}.json": get(list_of(REQUEST), path_code, refusals=("410",)),
            "/open311/v2/requests/{code}/updates.json": get(list_of(UPDATE), path_code, refusals=("410",)),
        },
    }
