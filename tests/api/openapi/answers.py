"""Asks a server in every way that its description names, and holds each answer against it."""

import base64
import copy
import http.client
import json
import os
import re
import struct
import time
import urllib.parse

from rules import Description, operations


def closed(node):
    """The schemas as a server has to keep them: it says nothing that is not described."""
    if isinstance(node, list):
        return [closed(each) for each in node]
    if not isinstance(node, dict):
        return node
    node = {key: closed(value) for key, value in node.items()}
    if isinstance(node.get('properties'), dict) and 'type' in node:
        node.setdefault('additionalProperties', False)
    return node


class Tally:
    """How often each object was seen, and each of its properties in it."""

    def __init__(self, description):
        self.description = description
        self.objects = {}  # by where its schema is: the schema, how many, and how many of each property
        self.nulls = {}  # by where its schema is: whether null was seen

    def take(self, schema, value, where):
        while '$ref' in schema:
            where = schema['$ref'].rpartition('/')[2]
            schema = self.description.resolve({'$ref': schema['$ref']})
        if 'oneOf' in schema:
            self.may_be_null(where, value, any(each.get('type') == 'null' for each in schema['oneOf']))
            for index, branch in enumerate(schema['oneOf']):
                if self.description.validator(branch).is_valid(value):
                    self.take(branch, value, f'{where}/{index}')
                    return
            return
        self.may_be_null(where, value, isinstance(schema.get('type'), list) and 'null' in schema['type'])
        if isinstance(value, list) and 'items' in schema:
            for each in value:
                self.take(schema['items'], each, f'{where}[]')
        if isinstance(value, dict):
            self.take_object(schema, value, where)

    def may_be_null(self, where, value, may_be):
        if may_be:
            self.nulls[where] = self.nulls.get(where, False) or value is None

    def take_object(self, schema, value, where):
        properties = schema.get('properties', {})
        known = self.objects.setdefault(where, [schema, 0, {}])
        known[1] += 1
        for name, each in value.items():
            known[2][name] = known[2].get(name, 0) + 1
            inner = properties.get(name, schema.get('additionalProperties'))
            if isinstance(inner, dict):
                self.take(inner, each, f'{where}.{name if name in properties else "*"}')

    def always(self):
        """What need not be there, and always was."""
        return {f'{where}.{name}' for where, (schema, count, seen) in self.objects.items()
                for name in schema.get('properties', {}).keys() - set(schema.get('required', []))
                if seen.get(name, 0) == count}

    def never(self):
        """What never was there, or may be null and never was."""
        unseen = {f'{where}.{name}' for where, (schema, _, seen) in self.objects.items()
                  for name in schema.get('properties', {}) if name not in seen}
        return unseen | {f'{where} = null' for where, seen in self.nulls.items() if not seen}


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = body

    @property
    def kind(self):
        return self.headers.get('content-type', '').split(';')[0].strip()

    def json(self):
        return json.loads(self.body)

    def data(self):
        return self.json()['data']


class Server:
    """One server, and what has been seen of it."""

    def __init__(self, document, host, port, before=None):
        """What was seen of another server `before` counts as well."""
        self.host, self.port = host, port
        self.description = Description(closed(document))
        self.problems = []
        self.answered = before.answered if before else Tally(self.description)
        self.taken = before.taken if before else Tally(self.description)  # of what it was sent
        self.seen = set()
        self.asked = 0
        self.patterns = []
        for path, method, operation in operations(self.description.document):
            pattern = re.sub(r'\{[^}]*\}', '[^/]+', path)
            self.patterns.append((path.count('{'), method, re.compile(pattern), operation))
        self.patterns.sort(key=lambda each: each[0])

    def operation(self, method, path):
        for _, its_method, pattern, operation in self.patterns:
            if its_method == method.lower() and pattern.fullmatch(path.split('?')[0]):
                return operation
        raise KeyError(f'{method} {path}')

    def say(self, what):
        self.problems.append(what)

    def ask(self, status, method, path, body=None, headers=None, read=True):
        """Asks, and says what is not as expected or not as described. A body that is no bytes is sent as JSON."""
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            headers.setdefault('Content-Type', 'application/json')
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            answer = Answer(response, response.read() if read else b'')
        finally:
            connection.close()
        self.asked += 1
        where = f'{method} {path} -> {answer.status}'
        if answer.status != status:
            self.say(f'{where}, where {status} was due: {answer.body[:300]!r}')
        operation = self.operation(method, path)
        self.compare(where, operation, answer, read)
        if answer.status < 300 and body and headers['Content-Type'] == 'application/json' and 'requestBody' in operation:
            schema = operation['requestBody']['content']['application/json']['schema']
            self.validate(f'{method} {path}, which was taken', schema, json.loads(body))
            self.taken.take(schema, json.loads(body), operation['operationId'])
        return answer

    def compare(self, where, operation, answer, read=True):
        described = operation['responses'].get(str(answer.status))
        if described is None:
            self.say(f'{where}: this status is not described')
            return
        self.seen.add((operation['operationId'], str(answer.status)))
        described = self.description.resolve(described)
        for name, header in described.get('headers', {}).items():
            if self.description.resolve(header).get('required') and name.lower() not in answer.headers:
                self.say(f'{where}: has no {name}')
        contents = described.get('content', {})
        if not contents:
            if answer.body:
                self.say(f'{where}: has a body')
            return
        if answer.kind not in contents:
            self.say(f'{where}: {answer.kind} is not described')
        elif answer.kind == 'application/json':
            self.validate(where, contents[answer.kind]['schema'], answer.json())
            self.answered.take(contents[answer.kind]['schema'], answer.json(),
                               f'{operation["operationId"]} {answer.status}')
        elif read and not answer.body:
            self.say(f'{where}: has no body')

    def validate(self, where, schema, value):
        for error in self.description.validator(schema).iter_errors(value):
            place = '/'.join(str(step) for step in error.absolute_path)
            why = error.message if len(error.message) < 400 else error.message[:400] + '…'
            inner = '; '.join(each.message[:200] for each in (error.context or [])[:6])
            self.say(f'{where}: {place}: {why} {inner}')


class Session:
    """A WebSocket, as far as it takes to say a few things and to hear what is said."""

    def __init__(self, host, port, path='/ws'):
        self.connection = http.client.HTTPConnection(host, port, timeout=15)
        key = base64.b64encode(os.urandom(16)).decode()
        self.connection.request('GET', path, headers={
            'Upgrade': 'websocket', 'Connection': 'Upgrade', 'Sec-WebSocket-Key': key,
            'Sec-WebSocket-Version': '13'})
        self.socket = self.connection.sock
        self.buffer = b''
        while b'\r\n\r\n' not in self.buffer:
            self.fill()
        head, self.buffer = self.buffer.split(b'\r\n\r\n', 1)
        self.status = int(head.split()[1])

    def fill(self):
        received = self.socket.recv(65536)
        if not received:
            raise EOFError('the session was closed')
        self.buffer += received

    def take(self, count):
        while len(self.buffer) < count:
            self.fill()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def say(self, text):
        payload = text.encode()
        mask = os.urandom(4)
        length = bytes([0x80 | len(payload)]) if len(payload) < 126 else bytes([0x80 | 126]) + struct.pack('>H', len(payload))
        masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
        self.socket.sendall(b'\x81' + length + mask + masked)

    def hear(self):
        """The next text."""
        while True:
            first, second = self.take(2)
            length = second & 0x7f
            if length == 126:
                length, = struct.unpack('>H', self.take(2))
            elif length == 127:
                length, = struct.unpack('>Q', self.take(8))
            payload = self.take(length)
            if first & 0x0f == 1:
                return json.loads(payload)

    def hear_until(self, kind):
        heard = []
        while not heard or heard[-1]['type'] != kind:
            heard.append(self.hear())
        return heard

    def close(self):
        self.connection.close()


def wait_for(what, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise TimeoutError('what was waited for did not come')


def quoted(value):
    return urllib.parse.quote(str(value), safe='')


def copied(value, **changes):
    return dict(copy.deepcopy(value), **changes)
