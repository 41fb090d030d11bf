"""What a server is asked: each operation of the description, for each of its statuses."""

import datetime
import hashlib
import hmac
import itertools
import json
import resource

from answers import Session, copied, quoted, wait_for
from rules import operations

ANALYTICS = '/api/v1/analytics'
RECORDS = ANALYTICS + '/records'
GATEWAY = '/api/v1/gateway'
CHECKS = GATEWAY + '/checks'
FILES = GATEWAY + '/reports'
RULES = GATEWAY + '/principles'
RETROS = '/api/v1/retros'
ALERTS = ANALYTICS + '/anomalies'
MUTES = '/api/v1/alerts/mutes'
GATES = '/api/v1/gates'
MARKS = GATEWAY + '/false-positives'
TOKENS = '/api/v1/auth/tokens'
STALE = '?project=shop&gate=stale'
HOOKS = '/api/v1/hooks/'
PAIRINGS = '/api/v1/auth/pairings'
TICKET = '/api/v1/auth/ticket'
AUDIT = '/api/v1/audit'
NOBODY = '0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60'

# What cannot be brought about from outside within a test, and where it is tried instead.
NOT_CAUSED = {
    # a full table of connections: tests/api/tst_connection_limits.cpp
    ('openWebSocket', '503'),
    # as many findings as are kept: tests/api/tst_false_positives.cpp
    ('markViolation', '429'),
    # more than 10,000 people or sessions: tests/unit/analytics/tst_rollup.cpp
    'Summary.estimated', 'Usage.estimated', 'UsageReport.estimated', 'Trend.estimated', 'TrendReport.estimated',
    # checks that are kept no longer: tests/unit/store/tst_removed_checks.cpp
    'Dashboard.approximate', 'UsageReport.approximate', 'QualityReport.approximate', 'PerformanceReport.approximate',
    'TrendReport.approximate', 'Forecast.approximate', 'Comparison.approximate', 'RecordResult.approximate',
    'CustomReport.meta.approximate',
    # more checks than a page looks at: tests/api/tst_check_search.cpp
    'SearchMeta.lookedTo',
    # hours that are closed: tests/faults/tst_alert_end.cpp; alerts of an older server: tests/unit/store/tst_migrations.cpp
    'Alert.resolvedAt', 'Alert.since', 'Alert.checks',
    # who signed in, and as many tokens as there may be: tests/api/tst_tokens.cpp
    ('createToken', '429'), 'Token.createdBy', 'Token.usedAt', 'MadeToken.createdBy', 'MadeToken.usedAt',
    'MadeToken.previousUntil', 'Self.id', 'Self.name', 'Self.createdAt', 'Self.createdBy', 'Self.expiresAt',
    'Self.usedAt', 'Self.previousUntil',
    # who is limited to projects: tests/api/tst_limited_tokens.cpp, tst_limited_sessions.cpp
    'Self.projects', 'EventPage.passed',
    # as many tokens as there may be: the same
    ('approvePairing', '429'),
    # who signed in, and what was refused: tests/api/tst_audit.cpp
    'AuditEntry.tokenId', 'AuditEntry.tokenName', 'AuditEntry.address', 'AuditEntry.before', 'AuditEntry.after',
    'AuditEntry.requestId', 'AuditEntry.count', 'AuditEntry.lastAt',
    # a gate that has been BLOCKED for long: tests/faults/tst_failing_gate.cpp
    'Alert.project', 'Alert.gate',
}

# What a session says to nobody here: to tokens that are limited to projects, tests/api/tst_limited_sessions.cpp
NOT_HEARD = {'passed'}

# What is changed by no write to the disk.
WRITE_NOTHING = {'clearCache', 'beginPairing', 'collectPairing', 'makeTicket'}

# These fall back to their default, whatever they are given.
FALL_BACK = {('listRecords', 'sortBy'), ('listRecords', 'sortOrder'), ('listRecords', 'type')}

# What nobody is called: a list is empty then.
FILTERS = {'search', 'project', 'user', 'principle', 'q', 'gate', 'session', 'branch', 'commit',
           'token', 'action', 'subject'}


class Sweep:
    def __init__(self, server, document, hooks):
        """`hooks` are the secrets of the server's hooks, by their addresses."""
        self.server = server
        self.hooks = hooks
        self.document = document
        self.numbers = itertools.count()
        self.places = {}  # of each operation: a path that answers
        for place in hooks:
            self.places[self.server.operation('POST', place)['operationId']] = place

    def ask(self, status, method, path, body=None, headers=None, **more):
        if path in self.hooks and body is not None:
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
            headers = {**self.proof(path, body), **(headers or {})}
        return self.server.ask(status, method, path, body, headers, **more)

    def proof(self, path, body):
        """That the body is of the hook, as each provider proves it."""
        secret = self.hooks[path]
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return {'X-GitHub-Event': 'workflow_run', 'X-Hub-Signature-256': f'sha256={signature}',
                'X-Gitlab-Token': secret, 'X-Sonar-Webhook-HMAC-SHA256': signature}

    def example(self, method, path):
        example = self.document['paths'][path][method]['requestBody']['content']['application/json']['example']
        if not path.startswith(HOOKS):
            return example
        yesterday = datetime.date.today() - datetime.timedelta(days=1)
        return json.loads(json.dumps(example).replace('2026-11-20', yesterday.isoformat()))

    def record(self):
        draft = copied(self.example('post', RECORDS), name=f'Record {next(self.numbers)}')
        return self.ask(201, 'POST', RECORDS, draft).data()

    def run(self):
        self.ask(200, 'GET', ANALYTICS + '/cache/stats')
        self.records()
        self.rules()
        self.checks()
        self.told_runs()
        self.gates()
        self.retros()
        self.alerts()
        self.settings()
        self.tokens()
        self.pairings()
        self.tickets()
        self.audit()
        self.full_bodies()
        self.numbers_of_all_kinds()
        self.events()
        self.web_socket()
        self.system()
        self.refusals()
        self.parameters()
        self.coverage()

    # ---------------------------------------------------------------------------------------- each family

    def records(self):
        example = self.example('post', RECORDS)
        self.ask(201, 'POST', RECORDS, example)
        self.ask(409, 'POST', RECORDS, example)
        self.ask(400, 'POST', RECORDS, {'type': 'luck', 'more': 1})
        first = self.ask(201, 'POST', RECORDS, {'type': 'adhoc', 'name': 'Bare'}).data()
        one = f'{RECORDS}/{first["id"]}'
        self.ask(201, 'POST', RECORDS + '/batch', self.example('post', RECORDS + '/batch'))
        self.ask(201, 'POST', RECORDS + '/batch', b'{"type":"adhoc","name":"A line"}\n',
                 headers={'Content-Type': 'application/x-ndjson'})
        self.ask(409, 'POST', RECORDS + '/batch', [{'type': 'adhoc', 'name': 'Bare'}])
        self.ask(400, 'POST', RECORDS + '/batch', [{'type': 'adhoc'}, 7])
        for query in ('', '?page=1&limit=2', '?limit=2&page=99', '?search=bare', '?sortBy=name&sortOrder=asc'):
            page = self.ask(200, 'GET', RECORDS + query)
        cursor = self.ask(200, 'GET', RECORDS + '?limit=1').json()['meta']['pagination']['nextCursor']
        self.ask(200, 'GET', f'{RECORDS}?limit=1&cursor={quoted(cursor)}')
        self.ask(200, 'GET', f'{RECORDS}?limit=100&cursor={quoted(cursor)}')
        self.ask(400, 'GET', RECORDS + '?page=0')
        tag = self.ask(200, 'GET', one).headers['etag']
        self.ask(304, 'GET', one, headers={'If-None-Match': tag})
        self.ask(404, 'GET', f'{RECORDS}/{NOBODY}')
        self.ask(200, 'PUT', one, self.example('put', RECORDS + '/{id}'), headers={'If-Match': tag})
        self.ask(412, 'PUT', one, {'name': 'Late'}, headers={'If-Match': tag})
        self.ask(409, 'PUT', one, {'name': example['name']})
        self.ask(400, 'PUT', one, {})
        self.ask(404, 'PUT', f'{RECORDS}/{NOBODY}', {'name': 'Nobody'})
        self.ask(200, 'GET', one + '/result')
        self.ask(404, 'GET', f'{RECORDS}/{NOBODY}/result')
        wrong = self.ask(201, 'POST', RECORDS, {'type': 'custom', 'name': 'Unknown', 'config': {'metrics': ['luck']}}).data()
        self.ask(400, 'GET', f'{RECORDS}/{wrong["id"]}/result')
        gone = self.record()
        self.ask(412, 'DELETE', f'{RECORDS}/{gone["id"]}', headers={'If-Match': '"99"'})
        self.ask(400, 'DELETE', f'{RECORDS}/{gone["id"]}', headers={'Idempotency-Key': 'x' * 256})
        self.ask(200, 'DELETE', f'{RECORDS}/{gone["id"]}')
        self.ask(404, 'DELETE', f'{RECORDS}/{gone["id"]}')
        self.places.update({'getRecord': one, 'updateRecord': one, 'deleteRecord': one, 'runRecord': one + '/result'})

    def rules(self):
        self.ask(200, 'GET', RULES)
        tag = self.ask(200, 'PUT', RULES, self.example('put', RULES)).headers['etag']
        self.ask(200, 'GET', RULES)
        self.ask(304, 'GET', RULES, headers={'If-None-Match': tag})
        self.ask(412, 'PUT', RULES, self.example('put', RULES), headers={'If-Match': '"99"'})
        self.ask(400, 'PUT', RULES, {'principles': [{'id': ''}]})
        self.ask(200, 'GET', RULES + '/versions')
        self.ask(200, 'GET', RULES + '/versions/0')
        self.ask(304, 'GET', RULES + '/versions/0', headers={'If-None-Match': '"0"'})
        self.ask(200, 'GET', RULES + '/versions/1')
        self.ask(404, 'GET', RULES + '/versions/99')
        restore = RULES + '/versions/0/restore'
        self.ask(412, 'POST', restore, headers={'If-Match': '"99"'})
        self.ask(200, 'POST', restore)
        self.ask(404, 'POST', RULES + '/versions/99/restore')
        self.ask(200, 'GET', RULES + '/versions')
        self.places.update({'getRuleVersion': RULES + '/versions/0', 'restoreRules': restore})

    def checks(self):
        example = self.example('post', CHECKS)
        kept = self.ask(201, 'POST', CHECKS, copied(example, id='check 1')).data()
        self.ask(200, 'POST', CHECKS, copied(example, id='check 1'))
        self.ask(201, 'POST', CHECKS, example)
        bare = {'status': 'PASS', 'duration': 0, 'id': 'bare'}
        self.ask(201, 'POST', CHECKS, [bare, copied(example, id='check 2')])
        self.ask(200, 'POST', CHECKS, [bare])
        self.ask(201, 'POST', CHECKS, b'{"status":"WARNING","duration":1e3,"session":"s"}\n',
                 headers={'Content-Type': 'application/x-ndjson'})
        self.ask(400, 'POST', CHECKS, {'status': 'luck'})
        self.ask(400, 'POST', CHECKS, [{'status': 'PASS'}, 7])
        self.ask(201, 'POST', FILES, self.example('post', FILES))
        self.ask(200, 'POST', FILES, self.example('post', FILES))
        self.ask(201, 'POST', FILES + '?gate=tests', b'1..1\nnot ok 1\n', headers={'Content-Type': 'text/plain'})
        self.ask(400, 'POST', FILES, b'nothing')
        self.ask(201, 'POST', GATEWAY + '/check', self.example('post', GATEWAY + '/check'))
        self.ask(201, 'POST', GATEWAY + '/check', {'intent': 'rm -rf / and -----BEGIN PRIVATE KEY-----'})
        self.ask(201, 'POST', GATEWAY + '/check', {'intent': 'all is well'}, headers={'Accept-Language': 'zh'})
        self.ask(400, 'POST', GATEWAY + '/check', {'intent': ''})
        one = f'{CHECKS}/{quoted(kept["id"])}'
        self.ask(200, 'GET', one)
        self.ask(200, 'GET', CHECKS + '/bare')
        self.ask(404, 'GET', f'{CHECKS}/{NOBODY}')
        self.ask(200, 'GET', CHECKS)
        self.ask(200, 'GET', CHECKS + '?limit=1&status=BLOCKED&user=ana')
        self.ask(400, 'GET', CHECKS + '?limit=0')
        many = [{'principleId': f'P{i % 50}', 'severity': 'INFO'} for i in range(25_001)]
        self.ask(201, 'POST', CHECKS, {'status': 'PASS', 'id': 'many', 'violations': many})
        again = self.ask(200, 'GET', CHECKS + '/many').data()
        few = copied(again, id='few', violations=again['violations'][:3])
        self.ask(400, 'POST', CHECKS, few)  # as it was read, but it was not all there
        rest = few.pop('violationsCursor')
        self.ask(201, 'POST', CHECKS, few)
        self.ask(200, 'GET', CHECKS + f'/many/violations?limit=2&cursor={rest}')
        violations = one + '/violations'
        self.ask(200, 'GET', violations)
        self.ask(200, 'GET', CHECKS + '/many/violations?limit=2&cursor=20')
        self.ask(400, 'GET', violations + '?cursor=there')
        self.ask(404, 'GET', f'{CHECKS}/{NOBODY}/violations')
        mark = one + '/violations/0'
        self.ask(200, 'PATCH', mark, self.example('patch', CHECKS + '/{id}/violations/{n}'))
        self.ask(404, 'PATCH', one + '/violations/99', {'falsePositive': True})
        self.ask(400, 'PATCH', mark, {'falsePositive': 7})
        self.false_positives()
        self.places.update({'getCheck': one, 'listViolations': violations, 'markViolation': mark})

    def false_positives(self):
        full = {'principleId': 'full', 'severity': 'BLOCK', 'principleName': 'n', 'message': 'm', 'file': 'f', 'fingerprint': 'x'}
        draft = {'status': 'PASS', 'project': 'marks', 'violations': [full]}
        self.ask(201, 'POST', CHECKS, copied(draft, id='to mark'))
        self.ask(200, 'PATCH', CHECKS + '/to%20mark/violations/0', {'falsePositive': True, 'reason': 'r', 'by': 'b'})
        self.ask(201, 'POST', CHECKS, draft)
        bare = {'status': 'PASS', 'id': 'to mark, too', 'violations': [{'principleId': 'bare', 'severity': 'INFO'}]}
        self.ask(201, 'POST', CHECKS, bare)
        self.ask(200, 'PATCH', CHECKS + f'/{quoted(bare["id"])}/violations/0', {'falsePositive': True})
        self.ask(200, 'GET', MARKS)
        cursor = self.ask(200, 'GET', MARKS + '?limit=1').json()['meta']['pagination']['nextCursor']
        self.ask(200, 'GET', f'{MARKS}?limit=100&cursor={quoted(cursor)}')
        self.ask(400, 'GET', MARKS + '?limit=0')
        one = f'{MARKS}/{self.false_positive("marks")}'
        self.ask(200, 'DELETE', one)
        self.ask(404, 'DELETE', one)
        self.ask(400, 'DELETE', one, headers={'Idempotency-Key': 'x' * 256})
        self.ask(200, 'DELETE', f'{MARKS}/{self.false_positive("")}')  # with as little as there is of one

    def false_positive(self, project):
        """The id of a mark of the project that is there, made when there is none."""
        there = self.ask(200, 'GET', f'{MARKS}?project={quoted(project)}').data()
        if not there:
            draft = {'status': 'PASS', 'id': f'marked {next(self.numbers)}', 'project': project,
                     'violations': [{'principleId': 'p', 'severity': 'INFO'}]}
            self.ask(201, 'POST', CHECKS, draft)
            self.ask(200, 'PATCH', f'{CHECKS}/{quoted(draft["id"])}/violations/0', {'falsePositive': True})
            there = self.ask(200, 'GET', f'{MARKS}?project={quoted(project)}').data()
        return there[0]['id']

    def told_runs(self):
        for place in self.hooks:
            example = self.example('post', place.rpartition('/')[0] + '/{id}')
            self.ask(201, 'POST', place, example)
            self.ask(200, 'POST', place, example)
            self.ask(400, 'POST', place, {'object_kind': 'build'})
            self.ask(401, 'POST', f'{HOOKS}{place.split("/")[-2]}/{NOBODY}', example)
            self.ask(401, 'POST', place, example, headers={
                'X-Hub-Signature-256': '', 'X-Gitlab-Token': '', 'X-Sonar-Webhook-HMAC-SHA256': ''})
        github, gitlab, sonarqube = self.hooks
        run = self.example('post', HOOKS + 'github/{id}')
        self.ask(200, 'POST', github, run, headers={'X-GitHub-Event': 'ping'})
        unknown = {'conclusion': None, 'head_branch': None, 'run_started_at': None, 'updated_at': None}
        self.ask(200, 'POST', github, copied(run, workflow_run=dict(run['workflow_run'], status='queued', **unknown)))
        suite = {'id': 3, 'head_branch': 'main'}
        job = {'id': 7, 'name': 'unit tests', 'head_sha': 'c0ffee', 'html_url': 'https://github.com/o/r/runs/7',
               'status': 'completed', 'conclusion': 'failure', 'check_suite': suite,
               'started_at': run['workflow_run']['run_started_at'], 'completed_at': run['workflow_run']['updated_at']}
        queued = dict(job, conclusion=None, started_at=None, completed_at=None, status='queued',
                      check_suite=dict(suite, head_branch=None))
        for status, each in ((201, job), (200, queued)):
            self.ask(status, 'POST', github, {'check_run': each, 'repository': run['repository'], 'sender': run['sender']},
                     headers={'X-GitHub-Event': 'check_run'})
        pipeline = self.example('post', HOOKS + 'gitlab/{id}')
        request = {'iid': 1, 'source_project_id': 2, 'target_project_id': 1}
        running = dict(pipeline['object_attributes'], status='running', finished_at=None, duration=None)
        for told, merge_request in ((pipeline['object_attributes'], request), (running, None)):
            self.ask(200, 'POST', gitlab, copied(pipeline, object_attributes=told, merge_request=merge_request))
        build = {'object_kind': 'build', 'pipeline_id': 1, 'build_id': 2, 'build_name': 'lint', 'build_status': 'failed',
                 'build_allow_failure': True, 'build_finished_at': pipeline['object_attributes']['finished_at'],
                 'build_duration': 1.5, 'ref': 'main', 'sha': 'c0ffee', 'project': pipeline['project'],
                 'project_name': 'Shop / Checkout', 'repository': {'homepage': 'https://gitlab.example/shop'},
                 'user': pipeline['user']}
        self.ask(201, 'POST', gitlab, build)
        self.ask(200, 'POST', gitlab, dict(build, build_status='running', build_finished_at=None, build_duration=None))
        analysis = self.example('post', HOOKS + 'sonarqube/{id}')
        condition = {'metric': 'coverage', 'status': 'WARN', 'operator': 'LESS_THAN', 'value': '4', 'warningThreshold': '5'}
        gate = dict(analysis['qualityGate'], status='WARN', conditions=[condition])
        self.ask(200, 'POST', sonarqube, copied(analysis, qualityGate=gate))

    def gates(self):
        gate = {'status': 'BLOCKED', 'project': 'shop', 'gate': 'unit', 'commit': 'c0ffee', 'url': 'https://ci.example/1',
                'user': 'ana', 'branch': 'main'}
        self.ask(201, 'POST', CHECKS, [gate, copied(gate, gate='bare', status='PASS')])
        self.ask(201, 'POST', CHECKS, [copied(gate, status='PASS'), {'status': 'WARNING', 'gate': 'of no project'}])
        for query in ('', '?limit=1', '?project=shop&status=PASS'):
            tag = self.ask(200, 'GET', GATES + query).headers['etag']
            self.ask(304, 'GET', GATES + query, headers={'If-None-Match': tag})
        cursor = self.ask(200, 'GET', GATES + '?limit=1').json()['meta']['pagination']['nextCursor']
        self.ask(200, 'GET', f'{GATES}?limit=100&cursor={quoted(cursor)}')
        self.ask(400, 'GET', GATES + '?status=luck')
        tag = self.ask(200, 'GET', '/cctray.xml').headers['etag']
        self.ask(304, 'GET', '/cctray.xml', headers={'If-None-Match': tag})
        self.stale_gate()
        self.ask(200, 'GET', GATES)
        self.ask(200, 'DELETE', GATES + STALE)
        self.ask(404, 'DELETE', GATES + STALE)
        self.ask(400, 'DELETE', GATES + '?project=shop&gate=unit')
        self.places['deleteGate'] = GATES + STALE

    def stale_gate(self):
        long_ago = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=40)
        self.ask(201, 'POST', CHECKS, {'status': 'BLOCKED', 'project': 'shop', 'gate': 'stale',
                                       'timestamp': long_ago.strftime('%Y-%m-%dT%H:%M:%SZ')})

    def retros(self):
        example = self.example('post', RETROS)
        self.ask(201, 'POST', RETROS, copied(example, id='retro 1'))
        self.ask(200, 'POST', RETROS, copied(example, id='retro 1'))
        self.ask(201, 'POST', RETROS, [example, {'type': 'deep', 'duration': 0}])
        self.ask(201, 'POST', RETROS, b'{"type":"standard","duration":1.5,"summary":"s"}\n',
                 headers={'Content-Type': 'application/x-ndjson'})
        self.ask(200, 'POST', RETROS, [copied(example, id='retro 1')])
        self.ask(400, 'POST', RETROS, {'type': 'luck'})
        self.ask(200, 'GET', RETROS)
        self.ask(200, 'GET', RETROS + '?limit=1&type=deep')
        self.ask(400, 'GET', RETROS + '?type=luck')

    def alerts(self):
        self.ask(200, 'GET', ALERTS)
        self.raise_alerts()
        other, alert = wait_for(lambda: (lambda all: all if len(all) > 1 else None)(self.ask(200, 'GET', ALERTS).data()))
        one = f'{ALERTS}/{quoted(alert["id"])}/ack'
        self.ask(400, 'POST', one, {'by': 7})
        self.ask(200, 'POST', one, self.example('post', ALERTS + '/{id}/ack'))
        self.ask(200, 'POST', one)
        self.ask(200, 'POST', f'{ALERTS}/{quoted(other["id"])}/ack')
        self.ask(404, 'POST', f'{ALERTS}/{NOBODY}/ack')
        self.ask(200, 'GET', ALERTS + '?limit=1&acknowledged=true')
        self.ask(200, 'GET', ALERTS + '?limit=1&state=open')
        self.ask(400, 'GET', ALERTS + '?kind=luck')
        mute = MUTES + '/usage_drop'
        self.ask(200, 'GET', MUTES)
        self.ask(404, 'DELETE', mute)
        self.ask(200, 'PUT', mute, self.example('put', MUTES + '/{kind}'))
        self.ask(400, 'PUT', mute, {'until': '1999-01-01T00:00:00Z'})
        self.ask(404, 'PUT', MUTES + '/luck', self.example('put', MUTES + '/{kind}'))
        self.ask(200, 'GET', MUTES)
        self.ask(200, 'DELETE', mute)
        self.places.update({'acknowledgeAlert': one, 'muteAlerts': mute, 'unmuteAlerts': mute})

    def raise_alerts(self):
        """Twelve hours of quiet checks ten days ago, a few on each of many days, and then many slow ones with many
        violations."""
        now = datetime.datetime.now(datetime.timezone.utc)
        start = now - datetime.timedelta(days=10)
        quiet = [{'status': 'PASS', 'duration': 5,
                  'timestamp': (start - datetime.timedelta(hours=i % 12)).strftime('%Y-%m-%dT%H:%M:%SZ')}
                 for i in range(240)]
        daily = [{'status': 'WARNING', 'duration': 5, 'user': 'ana',
                  'violations': [{'principleId': 'daily', 'severity': 'WARNING'}],
                  'timestamp': (now - datetime.timedelta(days=i // 6 + 1)).strftime('%Y-%m-%dT%H:%M:%SZ')}
                 for i in range(6 * 90)]
        self.ask(201, 'POST', CHECKS + '?imported=true', quiet + daily)
        self.ask(201, 'POST', CHECKS, [{'status': 'WARNING', 'duration': 5000, 'violations': [
            {'principleId': 'burst', 'severity': 'WARNING'}] * 10}] * 12)

    def settings(self):
        self.ask(200, 'PUT', MUTES + '/quality_drop', self.example('put', MUTES + '/{kind}'))
        tag = self.ask(200, 'GET', '/api/v1/settings').headers['etag']
        self.ask(304, 'GET', '/api/v1/settings', headers={'If-None-Match': tag})
        self.ask(412, 'PUT', '/api/v1/settings', {'checkLevel': 'strict'}, headers={'If-Match': '"99"'})
        self.ask(200, 'PUT', '/api/v1/settings', self.example('put', '/api/v1/settings'))
        self.ask(400, 'PUT', '/api/v1/settings', {'checkLevel': 'luck'})

    def tokens(self):
        self.ask(200, 'DELETE', f'{TOKENS}/{self.token()}')
        one = f'{TOKENS}/{self.token()}'
        self.token()
        self.ask(201, 'POST', TOKENS, {'name': 'x', 'role': 'viewer', 'projects': ['shop']})
        self.ask(400, 'POST', TOKENS, {'name': 'x', 'role': 'luck'})
        self.ask(400, 'POST', TOKENS, {'name': 'x', 'role': 'viewer'}, headers={'Idempotency-Key': 'k'})
        self.ask(200, 'POST', one + '/rotate', self.example('post', TOKENS + '/{id}/rotate'))
        self.ask(409, 'POST', one + '/rotate', {})
        self.ask(400, 'POST', one + '/rotate', {'overlapHours': 1000})
        self.ask(404, 'POST', f'{TOKENS}/{NOBODY}/rotate', {})
        self.ask(200, 'GET', TOKENS)
        self.ask(200, 'GET', '/api/v1/auth/self')
        self.ask(404, 'DELETE', f'{TOKENS}/{NOBODY}')
        self.ask(400, 'DELETE', one, headers={'Idempotency-Key': 'x' * 256})
        self.places.update({'rotateToken': one + '/rotate', 'revokeToken': f'{TOKENS}/{NOBODY}'})

    def pairings(self):
        begun = self.ask(201, 'POST', PAIRINGS, self.example('post', PAIRINGS)).data()
        place, secret = f'{PAIRINGS}/{begun["id"]}/collect', {'pollSecret': begun['pollSecret']}
        self.ask(202, 'POST', place, secret)
        self.ask(404, 'POST', place, {'pollSecret': 'another'})
        self.ask(400, 'POST', place, {})
        self.ask(200, 'GET', PAIRINGS)
        self.ask(400, 'POST', PAIRINGS + '/approve', {'code': begun['code'], 'role': 'luck'})
        self.ask(404, 'POST', PAIRINGS + '/approve', {'code': 'none', 'role': 'viewer'})
        self.ask(200, 'POST', PAIRINGS + '/approve', {'code': begun['code'], 'role': 'viewer', 'projects': ['shop'], 'expiresInDays': 9})
        self.ask(200, 'POST', place, secret)
        self.ask(400, 'POST', PAIRINGS, {})
        for _ in range(2):
            self.ask(201, 'POST', PAIRINGS, {'name': 'wall'})
        self.ask(429, 'POST', PAIRINGS, {'name': 'wall'})
        self.places['collectPairing'] = place

    def tickets(self):
        for _ in range(64):
            self.ask(201, 'POST', TICKET)
        self.ask(429, 'POST', TICKET)

    def audit(self):
        """What the operator did, who made the hooks."""
        cursor = self.ask(200, 'GET', AUDIT + '?limit=1').json()['meta']['pagination']['nextCursor']
        self.ask(200, 'GET', f'{AUDIT}?limit=100&cursor={quoted(cursor)}')
        self.ask(400, 'GET', AUDIT + '?limit=0')
        self.ask(200, 'GET', AUDIT + '/export')
        self.ask(400, 'GET', AUDIT + '/export?from=luck')

    def token(self):
        """The id of a new one."""
        return self.ask(201, 'POST', TOKENS, self.example('post', TOKENS)).data()['id']

    def numbers_of_all_kinds(self):
        wait_for(lambda: self.ask(200, 'GET', ANALYTICS + '/dashboard?period=week').data()['changes']['violations']['verdict'])
        everything = ANALYTICS + '/dashboard?period=all'  # which no verdict changes, as one may any other meanwhile
        tag = self.ask(200, 'GET', everything).headers['etag']
        self.ask(304, 'GET', everything, headers={'If-None-Match': tag})
        for part in ('dashboard', 'usage', 'quality', 'performance'):
            for period in ('today', 'week', 'month', 'year', 'all'):
                self.ask(200, 'GET', f'{ANALYTICS}/{part}?period={period}')
            self.ask(200, 'GET', f'{ANALYTICS}/{part}?at=2020-01-01T00:00:00Z')
            self.ask(400, 'GET', f'{ANALYTICS}/{part}?period=luck')
            self.ask(200, 'GET', f'{ANALYTICS}/{part}?project=web&project=api')
        trends = ANALYTICS + '/trends/'
        for metric in self.document['components']['schemas']['TrendMetric']['enum']:
            for period in ('today', 'week', 'month', 'year'):
                self.ask(200, 'GET', f'{trends}{metric}?period={period}')
            self.ask(200, 'GET', f'{trends}{metric}?period=all&at=2020-01-01T00:00:00Z')
        self.ask(400, 'GET', trends + 'luck')
        compare = ANALYTICS + '/compare?baselinePeriod=month&currentPeriod=week&metrics='
        for metric in self.document['components']['schemas']['ComparedMetric']['enum']:
            self.ask(200, 'GET', compare + metric)
        self.ask(200, 'GET', compare + 'performance&at=2020-01-01T00:00:00Z')
        past = compare + 'usage&at=2020-01-01T00:00:00Z'
        tag = self.ask(200, 'GET', past).headers['etag']
        self.ask(304, 'GET', past, headers={'If-None-Match': tag})
        for period in ('today', 'week', 'month', 'year'):
            self.ask(200, 'GET', f'{ANALYTICS}/compare?baselinePeriod={period}&currentPeriod={period}&metrics=usage,quality,performance')
        self.ask(400, 'GET', compare + 'luck')
        forecast = ANALYTICS + '/forecast?metric='
        for metric in self.document['components']['schemas']['ForecastMetric']['enum']:
            for method in self.document['components']['schemas']['ForecastMethod']['enum']:
                self.ask(200, 'GET', f'{forecast}{metric}&method={method}&periods=3')
                self.ask(200, 'GET', f'{forecast}{metric}&method={method}&historicalPeriod=year')
        self.ask(200, 'GET', forecast + 'avgCheckTime&at=2020-01-01T00:00:00Z')
        self.ask(400, 'GET', forecast + 'luck')
        report = ANALYTICS + '/reports/custom?metrics='
        every = ','.join(self.document['components']['schemas']['ReportMetric']['enum'])
        for dimension in self.document['components']['schemas']['ReportDimension']['enum']:
            self.ask(200, 'GET', f'{report}{every}&dimensions={dimension}')
            self.ask(200, 'GET', f'{report}violations&dimensions=user&groupBy={dimension}')
        self.ask(200, 'GET', f'{report}violations&dimensions=user&filters=%7B%22status%22:%22PASS%22,%22user%22:%5B%22ana%22%5D%7D')
        self.ask(400, 'GET', report + 'luck&dimensions=user')
        for kind in ('json', 'csv', 'excel'):
            self.ask(200, 'GET', f'{ANALYTICS}/export?format={kind}')
        self.ask(400, 'GET', ANALYTICS + '/export?format=luck')
        self.ask(200, 'GET', ANALYTICS + '/cache/stats')
        self.ask(200, 'DELETE', ANALYTICS + '/cache')
        self.ask(200, 'GET', ANALYTICS + '/cache/stats')
        self.places.update({'getTrend': trends + 'checks', 'comparePeriods': compare + 'violations',
                            'forecastMetric': forecast + 'checks', 'exportDashboard': ANALYTICS + '/export?format=json',
                            'getCustomReport': report + 'violations&dimensions=user'})

    def events(self):
        page = self.ask(200, 'GET', '/api/v1/events?limit=1000').data()
        kinds = {event['type'] for event in page['events']}
        for kind in self.document['components']['schemas']['Event']['discriminator']['mapping'].keys() - kinds:
            self.server.say(f'no event of type {kind} was seen')
        self.ask(200, 'GET', f'/api/v1/events?since={page["seq"]}')
        self.ask(200, 'GET', '/api/v1/events?since=0&epoch=other')
        self.ask(400, 'GET', '/api/v1/events?since=x')
        self.ask(200, 'GET', '/api/v1/events', headers={'Accept': 'text/event-stream'}, read=False)

    def web_socket(self):
        operation = self.server.operation('GET', '/ws')
        schema = operation['responses']['101']['content']['application/json']['schema']
        own = Session(self.server.host, self.server.port)
        self.server.seen.add((operation['operationId'], str(own.status)))
        heard = [own.hear()]
        epoch = heard[0]['data']['epoch']
        for text, answer in (
                (f'{{"type":"resume","data":{{"epoch":"{epoch}","since":0}}}}', 'resumed'),
                ('{"type":"join","data":{"room":"checkout"}}', 'room:joined'),
                ('{"type":"leave","data":{"room":"checkout"}}', 'room:left'),
                ('{"type":"subscribe","data":{"event":"retro:*"}}', 'subscribed'),
                ('{"type":"unsubscribe","data":{"event":"retro:*"}}', 'unsubscribed'),
                ('{"type":"ping"}', 'pong'),
                ('{"type":"luck"}', 'error'),
                ('{"type":"dashboard","data":{"period":null}}', None),
                ('{"type":"dashboard","data":{"period":"week","trends":["checks"],'
                 '"forecast":{"metric":"checks","periods":3},"projects":["web"]}}', 'analytics:update')):
            said = json.loads(text)
            if answer != 'error':
                self.server.validate(f'said to a session: {text}', operation['x-client-messages'], said)
                self.server.taken.take(operation['x-client-messages'], said, 'openWebSocket')
            own.say(text)
            if answer is not None:
                heard += own.hear_until(answer)
        while not any('forecast' in message['data'] for message in heard):
            heard += own.hear_until('analytics:update')
        own.close()
        for message in heard:
            self.server.validate(f'a session: {message["type"]}', schema, message)
            self.server.answered.take(schema, message, 'openWebSocket 101')
        kinds = {message['type'] for message in heard}
        for kind in self.document['components']['schemas']['SessionMessage']['discriminator']['mapping'].keys() - kinds - NOT_HEARD:
            self.server.say(f'no message of type {kind} was seen')
        self.ask(426, 'GET', '/ws')
        upgrade = {'Upgrade': 'websocket', 'Connection': 'Upgrade', 'Sec-WebSocket-Version': '13'}
        self.ask(400, 'GET', '/ws', headers=upgrade)
        self.ask(403, 'GET', '/ws', headers=dict(upgrade, Origin='https://elsewhere.example'))

    def system(self):
        for path in ('/health', '/ready', '/metrics', '/api/v1/system/status', '/api/v1/openapi.json'):
            self.ask(200, 'GET', path)

    # ------------------------------------------------------------------------------ what holds for many

    def place(self, path, operation):
        return self.places.get(operation['operationId'], path)

    def refusals(self):
        for path, method, operation in operations(self.document):
            place = self.place(path, operation)
            method = method.upper()
            statuses = operation['responses'].keys()
            self.ask(403, method, place, headers={'Host': 'elsewhere.example'})
            body = self.example(method.lower(), path) if 'requestBody' in operation else None
            if body is not None:
                self.ask(400, method, place, b'{"a":')
            if '415' in statuses:
                self.ask(415, method, place, b'x', headers={'Content-Type': 'text/plain', 'Content-Encoding': 'luck'})
            if '413' in statuses:
                self.ask(413, method, place, b' ' * 3_000_000)
            names = [self.server.description.resolve(each)['name'] for each in operation.get('parameters', [])]
            for status, name in (('304', 'If-None-Match'), ('412', 'If-Match'), ('422', 'Idempotency-Key')):
                if (status in statuses) != (name in names):
                    self.server.say(f'{method} {path}: {status} and {name} go together')
            if 'Idempotency-Key' in names:
                self.repeat(method, place, operation, body)

    def repeat(self, method, place, operation, body):
        """The same key with the same request, and with another."""
        key = {'Idempotency-Key': f'key-{operation["operationId"]}'}
        if operation['operationId'] == 'createRecord':
            body = copied(body, name='Under a key')
        elif operation['operationId'] == 'createRecords':
            body = [copied(body[0], name='Under a key, too')]
        elif operation['operationId'] == 'createChecksOfFile':
            place += '?gate=under-a-key'
        elif operation['operationId'] == 'deleteRecord':
            place = f'{RECORDS}/{self.record()["id"]}'
        elif operation['operationId'] == 'deleteGate':
            self.stale_gate()
        elif operation['operationId'] == 'forgetFalsePositive':
            place = f'{MARKS}/{self.false_positive("again")}'
        elif operation['operationId'] == 'revokeToken':
            place = f'{TOKENS}/{self.token()}'
        elif operation['operationId'] == 'unmuteAlerts':
            self.ask(200, 'PUT', place, self.example('put', MUTES + '/{kind}'))
        elif operation['operationId'] == 'updateRecord':
            body = {'description': 'Under a key'}
        success = min(status for status in operation['responses'] if status.startswith('2'))
        if success == '200' and '201' in operation['responses']:
            success = '201'
        first = self.ask(int(success), method, place, body, headers=key)
        again = self.ask(int(success), method, place, body, headers=key)
        if first.body != again.body:
            self.server.say(f'{method} {place}: another answer under the same key')
        other = b'{}' if body is None else b' ' + json.dumps(body).encode()
        self.ask(422, method, place, other, headers=key)

    def parameters(self):
        """Each parameter is read: what it cannot be is refused by its name, what nobody is called gives nothing."""
        for path, method, operation in operations(self.document):
            if path == '/ws':
                continue
            place = self.place(path, operation)
            for each in operation.get('parameters', []):
                each = self.server.description.resolve(each)
                name, key = each['name'], (operation['operationId'], each['name'])
                if each['in'] != 'query' or key in FALL_BACK:
                    continue
                url = f'{place.split("?")[0]}?' + '&'.join(
                    part for part in place.partition('?')[2].split('&') if part and not part.startswith(name + '='))
                if name == 'ticket':  # that it lets in is tried by tests/api/tst_tickets.cpp
                    self.ask(200, 'GET', f'{url}&ticket=luck' + '&format=json' * (path == ANALYTICS + '/export'))
                elif name == 'project' and path.startswith(ANALYTICS) and operation['operationId'] != 'listAlerts':
                    self.ask(200, 'GET', f'{url}&project=nobody')  # what it counts is compared by tests of its own
                    self.ask(400, 'GET', f'{url}&project=' + 'x' * 101)
                elif method == 'get' and name in FILTERS and path not in ('/cctray.xml', AUDIT + '/export') or key == ('listAlerts', 'metric'):
                    if self.ask(200, 'GET', f'{url}&{name}=nobody').data():
                        self.server.say(f'{method} {path}: {name} narrows nothing')
                elif operation['operationId'] == 'getCctray':
                    if b'<Project ' in self.ask(200, 'GET', f'{url}&{name}=nobody').body:
                        self.server.say(f'{method} {path}: {name} narrows nothing')
                elif operation['operationId'] == 'exportAudit' and name in FILTERS:
                    self.ask(200, 'GET', f'{AUDIT}/export?action=hook')  # what narrows listAudit narrows this
                elif operation['operationId'] == 'deleteGate':
                    self.ask(404, 'DELETE', f'{url}&{name}=nobody')
                elif key == ('listEvents', 'epoch'):
                    if self.ask(200, 'GET', f'{url}&{name}=nobody').data()['complete']:
                        self.server.say(f'{method} {path}: {name} is not read')
                else:
                    body = self.example(method, path) if method == 'post' else None
                    wrong = 'x' * 3000 if operation['operationId'] == 'createChecksOfFile' else 'luck'  # texts, too
                    refused = self.ask(400, method.upper(), f'{url}&{name}={wrong}', body).json()
                    if not any(detail.startswith(name + ':') for detail in refused.get('details', [])):
                        self.server.say(f'{method} {path}: {name} is not named: {refused}')

    def full_bodies(self):
        """Bodies that say all that may be said."""
        violation = {'principleId': 'p', 'principleName': 'P', 'severity': 'INFO', 'message': 'm', 'falsePositive': True,
                     'pattern': 'x+'}
        self.ask(201, 'POST', CHECKS, {
            'id': 'full', 'status': 'WARNING', 'duration': 1, 'timestamp': '2026-02-07T22:30:00.000Z', 'user': 'u',
            'session': 's', 'project': 'p', 'violations': [violation, {'principleId': 'q', 'severity': 'BLOCK'}]})
        self.ask(201, 'POST', RETROS, {
            'id': 'full', 'type': 'deep', 'project': 'p', 'duration': 1, 'summary': 's', 'lessons': ['l'],
            'improvements': ['i'], 'timestamp': '2026-02-07T22:30:00.000Z', 'user': 'u'})
        config = {'metrics': ['violations'], 'period': 'all', 'filters': {'user': ['u']}}
        draft = {'type': 'custom', 'name': 'Full', 'description': 'd', 'config': config, 'createdBy': 'c'}
        full = self.ask(201, 'POST', RECORDS, draft).data()
        self.ask(200, 'PUT', f'{RECORDS}/{full["id"]}', {
            'version': 1, 'type': 'adhoc', 'name': 'Full as well', 'description': 'e', 'config': config})
        self.ask(200, 'PUT', f'{RECORDS}/{full["id"]}', {'description': 'no name', 'config': {'period': 'week'}})
        self.ask(200, 'GET', f'{RECORDS}/{full["id"]}/result')
        self.ask(201, 'POST', GATEWAY + '/check', {
            'intent': 'a bare9 word', 'phase': 'PLAN', 'user': 'u', 'session': 's', 'project': 'p'})
        pattern = {'name': 'n', 'regex': 'bare[0-9]', 'severity': 'INFO', 'confidence': 0.9, 'message': {'en': 'm'}}
        principle = {'id': 'full', 'name': 'n', 'level': 'ADVISORY', 'priority': 1, 'check_phases': ['PLAN'],
                     'keywords': ['word'], 'patterns': [pattern, copied(pattern, message='m')],
                     'violation_message': {'en': 'm'}, 'verification_method': 'v', 'consequence': 'c',
                     'historical_evidence': 'h'}
        self.ask(200, 'PUT', RULES, {'version': '1', 'last_updated': 'today', 'principles': [principle]})
        self.ask(200, 'PUT', RULES, {'principles': [copied(principle, patterns=[{'regex': 'bare'}])]})
        settings = self.ask(200, 'GET', '/api/v1/settings').data()
        settings.pop('mutes')
        self.ask(200, 'PUT', '/api/v1/settings', settings)

    def coverage(self):
        for what in self.server.answered.always() - NOT_CAUSED:
            self.server.say(f'{what} need not be there, and always was')
        for what in (self.server.answered.never() | self.server.taken.never()) - NOT_CAUSED:
            self.server.say(f'{what} was never seen')
        for path, method, operation in operations(self.document):
            for status in operation['responses']:
                case = (operation['operationId'], status)
                if status in ('default', '503') or case in NOT_CAUSED:
                    continue
                if case not in self.server.seen:
                    self.server.say(f'{method} {path}: {status} was never seen')


def without_room(server, document, process, hooks):
    """Takes all room from a server's files: each write is refused with 503 then."""
    sweep = Sweep(server, document, hooks)
    sweep.ask(201, 'POST', CHECKS, [copied(sweep.example('post', CHECKS), id='known')])
    sweep.stale_gate()  # not behind the next: what is late would keep alerts from being raised
    sweep.raise_alerts()
    sweep.ask(200, 'PUT', MUTES + '/usage_drop', sweep.example('put', MUTES + '/{kind}'))
    alert = wait_for(lambda: sweep.ask(200, 'GET', ALERTS).data())[0]
    record = f'{RECORDS}/{sweep.record()["id"]}'
    places = {'updateRecord': record, 'deleteRecord': record, 'markViolation': CHECKS + '/known/violations/0',
              'acknowledgeAlert': f'{ALERTS}/{quoted(alert["id"])}/ack',
              'restoreRules': RULES + '/versions/0/restore', 'muteAlerts': MUTES + '/usage_drop',
              'unmuteAlerts': MUTES + '/usage_drop', 'deleteGate': GATES + STALE, **sweep.places}
    token = f'{TOKENS}/{sweep.token()}'
    waiting = sweep.ask(201, 'POST', PAIRINGS, sweep.example('post', PAIRINGS)).data()
    places.update({'rotateToken': token + '/rotate', 'revokeToken': token})
    places['forgetFalsePositive'] = f'{MARKS}/{sweep.false_positive("marks")}'
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, 0))
    for path, method, operation in operations(document):
        writes = method != 'get' and operation['operationId'] not in WRITE_NOTHING
        if not writes and operation['operationId'] != 'getReady':
            continue
        body = sweep.example(method, path) if 'requestBody' in operation else None
        if operation['operationId'] == 'approvePairing':
            body['code'] = waiting['code']
        sweep.ask(503, method.upper(), places.get(operation['operationId'], path), body)
