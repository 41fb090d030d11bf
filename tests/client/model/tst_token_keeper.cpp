#include "client/model/pin_keeper.h"
#include "client/model/token_keeper.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace tst_token_keeper {

using namespace prism;
using model::Access;
using model::Profile;
using namespace std::chrono_literals;

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
    /// What it was asked for, in its order.
    void answer()
    {
        isSilent = false;
        for (const std::function<void()>& waiting : std::exchange(m_waiting, {}))
            waiting();
    }
    void remove(const QString& key, const Removed& removed) override
    {
        later([this, key, removed] {
            secrets.remove(key);
            removed();
        });
    }

    bool takes = true;
    bool isSilent = false; ///< until answer()
    QList<QByteArray> all() const { return secrets.values(); }

    QHash<QString, QByteArray> secrets;

private:
    void later(const std::function<void()>& done)
    {
        if (isSilent)
            m_waiting.push_back(done);
        else
            QTimer::singleShot(0, &m_context, done);
    }

    std::vector<std::function<void()>> m_waiting;
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
    void tellSignedIn(const QByteArray& token)
    {
        m_api->credentials().setToken(token);
        emit m_access->signedIn(token, {protocol::Role::Viewer, QStringLiteral("ana"), {}});
    }
    void rename(const QString& from, const QString& to)
    {
        Profile profile = *m_profiles->find(from);
        profile.name = to;
        QVERIFY(m_profiles->store(profile, from));
    }
    /// The window of the next run.
    void startAgain(std::chrono::milliseconds patience = 30s)
    {
        m_keeper.reset();
        m_access.reset();
        m_api = std::make_unique<net::Api>(ours().server, net::Options());
        m_access = std::make_unique<Access>(*m_api, net::Options());
        m_keeper = std::make_unique<model::TokenKeeper>(
            ours(), *m_profiles, *m_access, model::TokenKeeper::Places{m_keychain.get(), *m_files, patience});
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
        QCOMPARE(m_keychain->all(), QList<QByteArray>{"prism_a_b"});
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
        QCOMPARE(m_keychain->all(), QList<QByteArray>{"prism_a_b"});
    }

    void nextRun_asksNothingBeforeItIsRead()
    {
        signIn();
        startAgain();
        QVERIFY(m_api->credentials().isHeld());
        m_keeper->begin({});
        QVERIFY(m_api->credentials().isHeld());
        QTRY_COMPARE(m_api->credentials().token(), "prism_a_b");
        QVERIFY(!m_api->credentials().isHeld());
        QVERIFY(!m_access->may(model::Offer::WriteRecords));
    }

    void renamedProfile_isStillOurs()
    {
        const model::PinKeeper pins(ours(), *m_profiles, m_api->trust());
        rename(QStringLiteral("local"), QStringLiteral("here"));
        {
            model::ProfileStore others(m_folder->filePath(QStringLiteral("p.ini"))); // of another window
            Profile profile = *others.find(QStringLiteral("here"));
            profile.name = QStringLiteral("there");
            QVERIFY(others.store(profile, QStringLiteral("here")));
        }
        tellSignedIn("prism_a_b");
        m_api->trust().setPin(QByteArray(32, 'a'));
        QTRY_COMPARE(m_keychain->secrets.size(), 1);
        QTRY_COMPARE(m_access->kept(), Access::Kept::Keychain);
        QCOMPARE(m_profiles->profiles().size(), 2);
        const std::optional<Profile> there = m_profiles->find(QStringLiteral("there"));
        QVERIFY(there && there->token);
        QCOMPARE(there->certificate, QByteArray(32, 'a'));
        m_access->signOut();
        QTRY_VERIFY(m_keychain->secrets.isEmpty());
        QVERIFY(!m_profiles->find(QStringLiteral("there"))->token);
        QCOMPARE(m_profiles->profiles().size(), 2);
    }

    void whatIsOutdated_isNotKept_data()
    {
        QTest::addColumn<QString>("meanwhile");
        QTest::newRow("signed out") << QStringLiteral("signed out");
        QTest::newRow("removed") << QStringLiteral("removed");
        QTest::newRow("moved") << QStringLiteral("moved");
        QTest::newRow("another one") << QStringLiteral("another one");
    }

    void whatIsOutdated_isNotKept()
    {
        QFETCH(const QString, meanwhile);
        QVERIFY(m_profiles->store(ours(), ours().name)); // is in the file
        m_keychain->isSilent = true;
        tellSignedIn("prism_a_b");
        Profile profile = ours();
        QList<QByteArray> expected;
        if (meanwhile == QStringLiteral("signed out")) {
            m_access->signOut();
        } else if (meanwhile == QStringLiteral("removed")) {
            QVERIFY(m_profiles->remove(profile.name));
        } else if (meanwhile == QStringLiteral("moved")) {
            profile.server = QUrl(QStringLiteral("http://b.example"));
            QVERIFY(m_profiles->store(profile, profile.name));
        } else {
            tellSignedIn("prism_c_d");
            expected.append("prism_c_d");
        }
        m_keychain->answer();
        QTRY_COMPARE(m_keychain->all(), expected);
        QCOMPARE(m_access->kept(), expected.isEmpty() ? Access::Kept::Nowhere : Access::Kept::Keychain);
        const QList<Profile> profiles = m_profiles->profiles();
        for (const Profile& one : profiles)
            QCOMPARE(one.token.has_value(), one.name == profile.name && !expected.isEmpty());
        QCOMPARE(profiles.size(), meanwhile == QStringLiteral("removed") ? 1 : 2);
        QCOMPARE(files(), 0);
    }

    void takenNowhere_theOldOneIsForgotten()
    {
        signIn();
        QFile inTheWay(m_folder->filePath(QStringLiteral("data")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly)); // where the folder of the files would be
        m_keychain->takes = false;
        tellSignedIn("prism_c_d");
        QTRY_VERIFY(!ours().token);
        QCOMPARE(m_access->kept(), Access::Kept::Nowhere);
        QTRY_VERIFY(m_keychain->secrets.isEmpty());
    }

    void readTooLate_isNotUsed_data()
    {
        QTest::addColumn<bool>("isIn");
        QTest::newRow("signed in") << true;
        QTest::newRow("signed out") << false;
    }

    void readTooLate_isNotUsed()
    {
        QFETCH(const bool, isIn);
        signIn();
        startAgain();
        const QSignalSpy started(m_keeper.get(), &model::TokenKeeper::ready);
        m_keychain->isSilent = true;
        m_keeper->begin({});
        QCOMPARE(started.size(), 0);
        if (isIn)
            tellSignedIn("prism_c_d");
        else
            m_access->signOut();
        QCOMPARE(started.size(), 1);
        m_keychain->answer();
        QTRY_COMPARE(m_keychain->all(), isIn ? QList<QByteArray>{"prism_c_d"} : QList<QByteArray>());
        QCOMPARE(m_api->credentials().token(), isIn ? QByteArray("prism_c_d") : QByteArray());
        QCOMPARE(started.size(), 1);
    }

    void endOfTheRun_waitsForWhatIsUnderWay_data()
    {
        QTest::addColumn<bool>("isIn");
        QTest::newRow("signed in") << true;
        QTest::newRow("signed out") << false;
    }

    void endOfTheRun_waitsForWhatIsUnderWay()
    {
        QFETCH(const bool, isIn);
        signIn();
        if (isIn)
            tellSignedIn("prism_c_d");
        else
            m_access->signOut();
        m_keeper->settle(10s);
        QCOMPARE(m_keychain->all(), isIn ? QList<QByteArray>{"prism_c_d"} : QList<QByteArray>());
        QCOMPARE(ours().token.has_value(), isIn);
        m_keeper->settle(10s); // at once
        m_keychain->isSilent = true;
        m_access->signOut();
        m_keeper->settle(20ms); // however silent it is
    }

    void removedProfile_isNotBroughtBackByItsPin()
    {
        const Profile profile{QStringLiteral("gone"), QUrl(QStringLiteral("https://g.example")), {}, {}};
        QVERIFY(m_profiles->store(profile));
        net::Trust trust;
        const model::PinKeeper pins(profile, *m_profiles, trust);
        QVERIFY(m_profiles->remove(profile.name));
        trust.setPin(QByteArray(32, 'a'));
        QVERIFY(!m_profiles->find(profile.name));
        const Profile fresh{QStringLiteral("new"), QUrl(QStringLiteral("https://n.example")), {}, {}};
        const model::PinKeeper others(fresh, *m_profiles, trust);
        trust.setPin(QByteArray(32, 'b'));
        QCOMPARE(m_profiles->find(fresh.name)->certificate, QByteArray(32, 'b'));
    }

    void silentKeychain_isNotWaitedForForever()
    {
        signIn();
        startAgain(50ms);
        const QSignalSpy started(m_keeper.get(), &model::TokenKeeper::ready);
        m_keychain->isSilent = true;
        m_keeper->begin("prism_e_f");
        QVERIFY(m_api->credentials().isHeld());
        QTRY_COMPARE(started.size(), 1);
        QCOMPARE(m_api->credentials().token(), "prism_e_f");
        m_keychain->answer();
        QCOMPARE(m_api->credentials().token(), "prism_e_f");
        QCOMPARE(started.size(), 1);
        QVERIFY(ours().token.has_value()); // it may be there the next time
    }
};

PRISM_TEST(TestTokenKeeper)

} // namespace tst_token_keeper

#include "tst_token_keeper.moc"
