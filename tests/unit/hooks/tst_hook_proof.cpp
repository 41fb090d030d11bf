#include "server/hooks/proof.h"
#include "tests/support/test_program.h"

#include <QHash>
#include <QTest>

namespace tst_hook_proof {

using namespace prism;
using namespace std::chrono_literals;
using hooks::Provider;

namespace {

using Headers = QHash<QByteArray, QByteArray>;

bool isProven(Provider provider, const QByteArray& secret, const QByteArray& body, const Headers& headers,
              std::chrono::seconds ahead = 0s)
{
    constexpr protocol::Timestamp made = std::chrono::sys_seconds(1'614'265'330s);
    return hooks::isProven(
        provider, secret, body, [&](QByteArrayView name) { return headers.value(name.toByteArray()); },
        made + ahead);
}

} // namespace

/// Whom a delivery is believed to be of. The signatures are those of the providers' own documentation.
class TestHookProof : public QObject
{
    Q_OBJECT

private slots:
    void githubsExample_isProven()
    {
        const QByteArray secret = "It's a Secret to Everybody";
        const QByteArray signature =
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        const QByteArray name = "x-hub-signature-256";
        const QByteArray body = "Hello, World!";
        QVERIFY(isProven(Provider::Github, secret, body, {{name, signature}}));
        QVERIFY(!isProven(Provider::Github, secret, "Hello, World?", {{name, signature}}));
        QVERIFY(!isProven(Provider::Github, "another", body, {{name, signature}}));
        QVERIFY(!isProven(Provider::Github, secret, body, {{name, signature.chopped(1)}}));
        QVERIFY(!isProven(Provider::Github, secret, body, {{name, signature.toUpper()}}));
        QVERIFY(!isProven(Provider::Github, secret, body, {{name, signature + ", " + signature}}));
        QVERIFY(!isProven(Provider::Github, secret, body, {{name, ""}}));
        QVERIFY(!isProven(Provider::Github, secret, body, {}));
        QVERIFY(!isProven(Provider::Github, secret, body, {{"x-gitlab-token", secret}}));
    }

    void sonarqubesSignature_isProven()
    {
        // RFC 4231, test case 2
        const QByteArray signature = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        const QByteArray name = "x-sonar-webhook-hmac-sha256";
        const QByteArray body = "what do ya want for nothing?";
        QVERIFY(isProven(Provider::Sonarqube, "Jefe", body, {{name, signature}}));
        QVERIFY(!isProven(Provider::Sonarqube, "Jefe", body + ' ', {{name, signature}}));
        QVERIFY(!isProven(Provider::Sonarqube, "jefe", body, {{name, signature}}));
        QVERIFY(!isProven(Provider::Sonarqube, "Jefe", body, {}));
    }

    void gitlabsToken_isProven()
    {
        const QByteArray name = "x-gitlab-token";
        QVERIFY(isProven(Provider::Gitlab, "secret", "{}", {{name, "secret"}}));
        QVERIFY(!isProven(Provider::Gitlab, "secret", "{}", {{name, "secre"}}));
        QVERIFY(!isProven(Provider::Gitlab, "secret", "{}", {{name, "secret "}}));
        QVERIFY(!isProven(Provider::Gitlab, "secret", "{}", {{name, ""}}));
        QVERIFY(!isProven(Provider::Gitlab, "secret", "{}", {}));
    }

    /// As Standard Webhooks has it.
    void standardSignature_isProvenWhileItIsFresh()
    {
        const QByteArray secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        const QByteArray body = R"({"test": 2432232314})";
        const QByteArray signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        const Headers headers{{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                              {"webhook-timestamp", "1614265330"},
                              {"webhook-signature", signature}};
        const auto with = [&headers](const QByteArray& name, const QByteArray& value) {
            Headers changed = headers;
            changed.insert(name, value);
            return changed;
        };
        QVERIFY(isProven(Provider::Gitlab, secret, body, headers));
        QVERIFY(isProven(Provider::Gitlab, secret, body, with("webhook-signature", "v1,AAAA " + signature)));
        for (const std::chrono::seconds late : {300s, -300s})
            QVERIFY(isProven(Provider::Gitlab, secret, body, headers, late));
        for (const std::chrono::seconds late : {301s, -301s, 86'400s})
            QVERIFY(!isProven(Provider::Gitlab, secret, body, headers, late));
        // An old one is not made new by the token that was sent with it.
        QVERIFY(!isProven(Provider::Gitlab, secret, body, with("x-gitlab-token", secret), 301s));
        QVERIFY(!isProven(Provider::Gitlab, secret, body + ' ', headers));
        QVERIFY(!isProven(Provider::Gitlab, secret, body, with("webhook-id", "msg_other")));
        QVERIFY(!isProven(Provider::Gitlab, secret, body, with("webhook-timestamp", "1614265331")));
        QVERIFY(!isProven(Provider::Gitlab, secret, body, with("webhook-signature", "v1,")));
        QVERIFY(!isProven(Provider::Gitlab, secret, body, with("webhook-signature", signature.sliced(3))));
    }

    void noSecret_isProvenByNothing()
    {
        QVERIFY(!isProven(Provider::Github, {}, "{}", {}));
        QVERIFY(!isProven(Provider::Sonarqube, {}, "{}", {}));
        QVERIFY(!isProven(Provider::Gitlab, {}, "{}", {}));
        const QByteArray signature =
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"; // of nothing
        QVERIFY(!isProven(Provider::Github, {}, {}, {{"x-hub-signature-256", "sha256=" + signature}}));
    }
};

PRISM_TEST(TestHookProof)

} // namespace tst_hook_proof

#include "tst_hook_proof.moc"
