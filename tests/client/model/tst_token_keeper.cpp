#include "client/model/token_keeper.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QHash>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <functional>
#include <memory>

namespace tst_token_keeper {

using namespace prism;
using model::Access;
using model::Profile;

namespace {

/// Answers later, as a desktop's does. It does not fake asking the person.
class FakeKeychain : public model::SecretStore
{
public:
    void read(const QString& key, const Found& found) override
    {
        later([this, key, found] {
            found(secrets.contains(key) ? std::optional(secrets.value(key)) : std::nullopt);
        });
    }
    void write(const QString& key, const QByteArray& secret, const Written& written) override
    {
        later([this, key, secret, written] {
            if (takes)
                secrets.insert(key, secret);
            written(takes);
        });
    }
    void remove(const QString& key) override
    {
        later([this, key] { secrets.remove(key); });
    }

    bool takes = true;
    QHash<QString, QByteArray> secrets;

private:
    void later(const std::function<void()>& done) { QTimer::singleShot(0, &m_context, done); }

    QObject m_context;
};

} // namespace

/// Where a token is kept, and when it is taken away.
class TestTokenKeeper : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeKeychain> m_keychain;
    std::unique_ptr<model::FileSecrets> m_files;
    std::unique_ptr<model::ProfileStore> m_profiles;
    std::unique_ptr<net::Api> m_api; ///< nothing answers it
    std::unique_ptr<Access> m_access;
    std::unique_ptr<model::TokenKeeper> m_keeper;

    Profile ours() const { return *m_profiles->find(QStringLiteral("local")); }
    qsizetype files() const
    {
        return QDir(m_folder->filePath(QStringLiteral("data"))).entryList(QDir::Files).size();
    }
    void signIn()
    {
        emit m_access->signedIn("prism_a_b", {protocol::Role::Viewer, QStringLiteral("ana"), {}});
        QTRY_VERIFY(ours().token.has_value());
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_keychain = std::make_unique<FakeKeychain>();
        m_files = std::make_unique<model::FileSecrets>(m_folder->filePath(QStringLiteral("data")));
        m_profiles = std::make_unique<model::ProfileStore>(m_folder->filePath(QStringLiteral("p.ini")));
        QVERIFY(m_profiles->store({QStringLiteral("other"), QUrl(QStringLiteral("http://a.example"))}));
        m_api = std::make_unique<net::Api>(ours().server, net::Options());
        m_access = std::make_unique<Access>(*m_api, net::Options());
        m_keeper = std::make_unique<model::TokenKeeper>(
            ours(), *m_profiles, *m_access, model::TokenKeeper::Places{m_keychain.get(), *m_files});
    }

    void cleanup()
    {
        m_keeper.reset();
        m_access.reset();
        m_api.reset();
    }

    void keychain_isAskedFirst()
    {
        signIn();
        QVERIFY(ours().token->inKeychain);
        QCOMPARE(m_access->kept(), Access::Kept::Keychain);
        QCOMPARE(m_keychain->secrets.values(), QList<QByteArray>{"prism_a_b"});
        QCOMPARE(files(), 0);
    }

    void whatItDoesNotTake_isInAFile()
    {
        m_keychain->takes = false;
        signIn();
        QVERIFY(!ours().token->inKeychain);
        QCOMPARE(m_access->kept(), Access::Kept::File);
        QCOMPARE(files(), 1);
        m_keychain->takes = true; // the next time there is one
        emit m_access->signedIn("prism_c_d", {protocol::Role::Viewer, QStringLiteral("ana"), {}});
        QTRY_VERIFY(ours().token->inKeychain);
        QCOMPARE(files(), 0);
    }

    void removedProfile_takesItWithIt_andIsBackWithIt()
    {
        signIn();
        const Profile profile = ours();
        QVERIFY(m_profiles->remove(profile.name));
        QTRY_VERIFY(m_keychain->secrets.isEmpty());
        QVERIFY(m_profiles->restore(profile, 0));
        QTRY_COMPARE(m_keychain->secrets.size(), 1);
        QCOMPARE(*m_keychain->secrets.cbegin(), "prism_a_b");
    }

    void undoneAtOnce_isNotTakenAway()
    {
        signIn();
        const Profile profile = ours();
        QVERIFY(m_profiles->remove(profile.name));
        QVERIFY(m_profiles->restore(profile, 0)); // before the keychain has answered
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(m_keychain->secrets.values(), QList<QByteArray>{"prism_a_b"});
    }

    void nextRun_asksNothingBeforeItIsRead()
    {
        signIn();
        m_keeper.reset();
        m_access.reset();
        m_api = std::make_unique<net::Api>(ours().server, net::Options());
        m_access = std::make_unique<Access>(*m_api, net::Options());
        model::TokenKeeper keeper(ours(), *m_profiles, *m_access, {m_keychain.get(), *m_files});
        QVERIFY(m_api->credentials().isHeld());
        keeper.begin({});
        QVERIFY(m_api->credentials().isHeld());
        QTRY_COMPARE(m_api->credentials().token(), "prism_a_b");
        QVERIFY(!m_api->credentials().isHeld());
        QVERIFY(!m_access->may(model::Offer::WriteRecords));
    }
};

PRISM_TEST(TestTokenKeeper)

} // namespace tst_token_keeper

#include "tst_token_keeper.moc"
