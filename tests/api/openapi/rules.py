"""What a good description looks like, whichever server it describes: the rules that linters of such documents
agree on. Each problem is one line."""

import re

import jsonschema

METHODS = {'get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'}


FORMATS = jsonschema.FormatChecker(formats=('uuid',))


@FORMATS.checks('date-time')
def is_time(value):
    return not isinstance(value, str) or re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z', value) is not None


def walk(node, path=()):
    """Every node below, with the way to it."""
    yield path, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, path + (key,))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, path + (str(index),))


def operations(document):
    for path, methods in document['paths'].items():
        for method, operation in methods.items():
            if method in METHODS:
                yield path, method, operation


class Description:
    """A description whose references can be followed."""

    def __init__(self, document):
        self.document = document
        self.problems = []

    def say(self, where, what):
        self.problems.append(f'{where}: {what}')

    def resolve(self, node):
        while isinstance(node, dict) and '$ref' in node:
            place = self.document
            for step in node['$ref'].removeprefix('#/').split('/'):
                place = place[step.replace('~1', '/').replace('~0', '~')]
            node = place
        return node

    def validator(self, schema, where=''):
        """Of values, with the components at hand and formats checked."""
        whole = dict(schema, components=self.document['components'])
        return jsonschema.Draft202012Validator(whole, format_checker=FORMATS)

    # ------------------------------------------------------------------------------------------------- rules

    def check(self):
        self.check_head()
        self.check_references()
        self.check_operations()
        self.check_schemas()
        self.check_examples()
        return self.problems

    def check_head(self):
        document, info = self.document, self.document['info']
        for field in ('title', 'version', 'description', 'contact', 'license'):
            if not info.get(field):
                self.say('info', f'has no {field}')
        if not info.get('license', {}).keys() & {'url', 'identifier'}:
            self.say('info', 'its license has neither url nor identifier')
        if not document.get('servers'):
            self.say('servers', 'there are none')
        for server in document.get('servers', []):
            if server['url'].endswith('/') or re.search(r'example\.com|localhost', server['url']):
                self.say('servers', f'{server["url"]} is not where anything is')
        names = [tag['name'] for tag in document.get('tags', [])]
        if len(names) != len(set(names)):
            self.say('tags', 'a name is there twice')
        for tag in document.get('tags', []):
            if not tag.get('description'):
                self.say('tags', f'{tag["name"]} has no description')
        used = {tag for _, _, operation in operations(document) for tag in operation.get('tags', [])}
        for tag in set(names) ^ used:
            self.say('tags', f'{tag} is not both declared and used')

    def check_references(self):
        used = set()
        for path, node in walk(self.document):
            if isinstance(node, dict) and isinstance(node.get('$ref'), str):
                used.add(node['$ref'])
                try:
                    self.resolve(node)
                except (KeyError, TypeError):
                    self.say('/'.join(path), f'{node["$ref"]} leads nowhere')
        for kind, members in self.document['components'].items():
            for name in members:
                if not re.fullmatch(r'[A-Za-z0-9._-]+', name):
                    self.say(kind, f'{name} is no name of a component')
                if kind != 'securitySchemes' and f'#/components/{kind}/{name}' not in used:
                    self.say(kind, f'{name} is used nowhere')
        for path, node in walk(self.document):
            if isinstance(node, str) and re.search(r'<script|eval\(', node):
                self.say('/'.join(path), 'is not for reading alone')

    def check_operations(self):
        seen = {}
        shapes = {}
        for path in self.document['paths']:
            if (path.endswith('/') and path != '/') or '?' in path or not path.startswith('/'):
                self.say(path, 'is no path')
            shape = re.sub(r'\{[^}]*\}', '{}', path)
            if shape in shapes:
                self.say(path, f'is the same as {shapes[shape]}')
            shapes[shape] = path
        for path, method, operation in operations(self.document):
            where = f'{method} {path}'
            identity = operation.get('operationId', '')
            if not re.fullmatch(r'[a-z][A-Za-z0-9]*', identity):
                self.say(where, f'operationId "{identity}" is no name')
            if identity in seen:
                self.say(where, f'has the operationId of {seen[identity]}')
            seen[identity] = where
            for field in ('summary', 'description'):
                if not operation.get(field, '').strip():
                    self.say(where, f'has no {field}')
            if len(operation.get('tags', [])) != 1:
                self.say(where, 'must have one tag')
            if operation.get('summary', '').endswith('.'):
                self.say(where, 'a summary is no sentence')
            self.check_security(where, operation)
            self.check_parameters(where, path, method, operation)
            self.check_responses(where, operation)

    def check_security(self, where, operation):
        schemes = self.document['components'].get('securitySchemes', {})
        if 'security' not in operation and 'security' not in self.document:
            self.say(where, 'says nothing of security')
        for requirement in operation.get('security', self.document.get('security', [])):
            for name in requirement:
                if name not in schemes:
                    self.say(where, f'security scheme {name} is not declared')

    def check_parameters(self, where, path, method, operation):
        parameters = [self.resolve(each) for each in operation.get('parameters', [])]
        places = [(each['in'], each['name']) for each in parameters]
        for place in {each for each in places if places.count(each) > 1}:
            self.say(where, f'parameter {place} is there twice')
        captured = re.findall(r'\{([^}]*)\}', path)
        if captured != sorted(set(captured), key=captured.index):
            self.say(where, 'a part of the path is there twice')
        declared = {each['name'] for each in parameters if each['in'] == 'path'}
        for name in set(captured) ^ declared:
            self.say(where, f'path parameter {name} is not both in the path and declared')
        for each in parameters:
            if not each.get('description'):
                self.say(where, f'parameter {each["name"]} has no description')
            if each['in'] == 'path' and each.get('required') is not True:
                self.say(where, f'path parameter {each["name"]} must be required')
            if 'schema' not in each or not each['schema']:
                self.say(where, f'parameter {each["name"]} has no schema')
            if each['in'] == 'header' and each['name'].lower() in ('accept', 'content-type', 'authorization'):
                self.say(where, f'{each["name"]} is no parameter')
        if 'requestBody' in operation and method in ('get', 'head', 'delete'):
            self.say(where, 'has no use for a body')
        for content in operation.get('requestBody', {}).get('content', {}).values():
            if not content.get('schema'):
                self.say(where, 'a body has no schema')

    def check_responses(self, where, operation):
        responses = operation['responses']
        if not any(re.fullmatch(r'[123]\d\d', status) for status in responses):
            self.say(where, 'never succeeds')
        if not any(re.fullmatch(r'4\d\d', status) for status in responses):
            self.say(where, 'never refuses')
        for status, response in responses.items():
            if not re.fullmatch(r'[1-5]\d\d|default', status):
                self.say(where, f'{status} is no status')
            response = self.resolve(response)
            if not response.get('description'):
                self.say(where, f'{status} has no description')
            if status in ('204', '304') and response.get('content'):
                self.say(where, f'{status} has no body')
            if status not in ('204', '304') and not response.get('content'):
                self.say(where, f'{status} says nothing of its body')
            for kind, content in response.get('content', {}).items():
                if not content.get('schema'):
                    self.say(where, f'{status} says nothing of what {kind} holds')
            for name, header in response.get('headers', {}).items():
                header = self.resolve(header)
                if not header.get('description') or not header.get('schema'):
                    self.say(where, f'{status}: header {name} has no description or schema')

    def schemas(self):
        """Every schema, also those within others."""
        def is_schema(path):
            return path[-1:] == ('schema',) or path[:2] == ('components', 'schemas') and len(path) == 3

        def inner(path, schema):
            if not isinstance(schema, dict):
                return
            yield path, schema
            for key in ('items', 'additionalProperties', 'not'):
                yield from inner(path + (key,), schema.get(key))
            for key in ('oneOf', 'anyOf', 'allOf'):
                for index, each in enumerate(schema.get(key, [])):
                    yield from inner(path + (key, str(index)), each)
            for name, each in schema.get('properties', {}).items():
                yield from inner(path + ('properties', name), each)

        for path, node in walk(self.document):
            if is_schema(path):
                yield from inner(path, node)

    def check_schemas(self):
        for path, schema in self.schemas():
            where = '/'.join(path)
            if '$ref' in schema:
                continue
            try:
                jsonschema.Draft202012Validator.check_schema(schema)
            except jsonschema.SchemaError as error:
                self.say(where, error.message)
                continue
            types = schema.get('type', [])
            types = [types] if isinstance(types, str) else types
            if 'nullable' in schema:
                self.say(where, 'nullable is of an older OpenAPI: null is a type')
            if not types and not schema.keys() & {'oneOf', 'anyOf', 'allOf', 'const', 'enum'}:
                self.say(where, 'may be anything: it has no type')
            if 'array' in types and 'items' not in schema:
                self.say(where, 'does not say what is in the list')
            if 'object' in types:
                properties = schema.get('properties', {})
                if not properties and 'additionalProperties' not in schema:
                    self.say(where, 'does not say what is in the object')
                for name in schema.get('required', []):
                    if name not in properties:
                        self.say(where, f'requires {name}, which is not described')
            values = schema.get('enum', []) + ([schema['const']] if 'const' in schema else [])
            for value in values:
                if types and not jsonschema.Draft202012Validator({'type': types}).is_valid(value):
                    self.say(where, f'{value!r} is not of its type')
                if values.count(value) > 1:
                    self.say(where, f'{value!r} is there twice')
            if 'default' in schema and not self.validator(schema).is_valid(schema['default']):
                self.say(where, 'its default is not valid')
            self.check_choice(where, schema)

    def check_choice(self, where, schema):
        """No value can be meant by two branches of a oneOf: they differ in their type, in a constant, or each
        requires what another does not know."""
        branches = [self.resolve(each) for each in schema.get('oneOf', [])]
        flat = [inner for each in branches for inner in ([self.resolve(x) for x in each['oneOf']] if 'oneOf' in each else [each])]
        for index, one in enumerate(flat):
            for other in flat[:index]:
                if not self.are_apart(one, other):
                    self.say(where, 'a value may be one of oneOf or the other')

    def are_apart(self, one, other):
        def types_of(schema):
            types = schema.get('type', [])
            return {types} if isinstance(types, str) else set(types)

        if types_of(one) and types_of(other) and not types_of(one) & types_of(other):
            return True
        both = one.get('properties', {}).keys() & other.get('properties', {}).keys()
        for name in both:
            a, b = (self.resolve(each['properties'][name]) for each in (one, other))
            values = [set(each.get('enum', [])) | ({each['const']} if 'const' in each else set()) for each in (a, b)]
            if all(values) and not values[0] & values[1] and name in one.get('required', []):
                return True
        return all(set(a.get('required', [])) - b.get('properties', {}).keys() for a, b in ((one, other), (other, one)))

    def check_examples(self):
        for path, node in walk(self.document):
            if isinstance(node, dict) and 'example' in node and 'schema' in node:
                for error in self.validator(node['schema']).iter_errors(node['example']):
                    self.say('/'.join(path), f'its example: {error.message}')
