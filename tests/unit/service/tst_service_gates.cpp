#include "server/service/checks.h"
#include "server/service/gates.h"
#include "server/service/settings.h"
#include "server/store/tables/gate_reader.h"
#include "tests/support/test_program.h"
#include "tests/unit/service/service_test.h"

namespace tst_service_gates {

using namespace prism;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::Check;
using protocol::CheckStatus;
using protocol::ErrorCode;
using service::Checks;
using service::Gates;

namespace {

const QString completed = u"gateway:check:completed"_s;
const QString changed = u"gate:changed"_s;

Check checkOf(CheckStatus status, std::chrono::milliseconds ago = {})
{
    Check check;
    check.status = status;
    check.timestamp = protocol::now() - ago;
    check.project = u"shop"_s;
    check.gate = u"unit"_s;
    check.branch = u"main"_s;
    return check;
}

} // namespace

/// When it is announced how a gate stands, and how one is forgotten.
class TestServiceGates : public QObject, protected test::ServiceTest
{
    Q_OBJECT

private slots:
    void init() { open(); }

    void cleanup() { close(); }

    void gate_isAnnouncedWhenItTurnsToBlockedAndFromIt()
    {
        QVERIFY(add(checkOf(CheckStatus::Blocked, 9s)));
        const QJsonObject data = lastData();
        QCOMPARE(takeAnnounced(), QStringList({completed, changed}));
        const auto event = protocol::gateChangedFromJson(data);
        QVERIFY(event.has_value());
        QCOMPARE(event->name, (protocol::GateName{u"shop"_s, u"unit"_s}));
        QCOMPARE(event->branch, u"main"_s);
        QVERIFY(data["from"_L1].isNull());
        QVERIFY(event->to == CheckStatus::Blocked);
        QVERIFY(event->check.status == CheckStatus::Blocked);

        QVERIFY(add(checkOf(CheckStatus::Blocked, 8s)));
        QCOMPARE(takeAnnounced(), QStringList(completed));
        QVERIFY(add(checkOf(CheckStatus::Warning, 7s)));
        QCOMPARE(lastData()["from"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(lastData()["to"_L1].toString(), u"WARNING"_s);
        QCOMPARE(takeAnnounced(), QStringList({completed, changed}));
        QVERIFY(add(checkOf(CheckStatus::Pass, 6s)));
        QCOMPARE(takeAnnounced(), QStringList(completed));
    }

    void lateCheck_announcesOnlyWhatIsDifferentNow()
    {
        QVERIFY(add(checkOf(CheckStatus::Pass, 1s)));
        takeAnnounced();
        QVERIFY(add(checkOf(CheckStatus::Blocked, 24h)));
        QCOMPARE(takeAnnounced(), QStringList(completed));
    }

    void importedCheck_announcesNoGate()
    {
        service::NewEntries<Check> imported;
        imported.imported = true;
        imported.entries.push_back(Checks::New::of(checkOf(CheckStatus::Blocked)));
        QVERIFY(carryOut(Checks::addAll, imported).has_value());
        QCOMPARE(takeAnnounced(), QStringList(completed));
        QCOMPARE(count("gates WHERE status = 'BLOCKED' AND live = 0"), 1);
    }

    void checkThatSaysNothingOfTheGate_doesNotTurnIt_data()
    {
        QTest::addColumn<QString>("branch");
        QTest::addColumn<QString>("gate");
        QTest::addColumn<QString>("origin");
        QTest::newRow("another branch") << u"feature"_s << u"unit"_s << QString();
        QTest::newRow("no gate") << u"main"_s << QString() << QString();
        QTest::newRow("a laptop") << u"main"_s << u"unit"_s << u"local"_s;
        QTest::newRow("an agent") << QString() << u"unit"_s << u"agent"_s;
    }

    void checkThatSaysNothingOfTheGate_doesNotTurnIt()
    {
        QFETCH(const QString, branch);
        QFETCH(const QString, gate);
        QFETCH(const QString, origin);
        Check check = checkOf(CheckStatus::Blocked);
        check.branch = branch;
        check.gate = gate;
        check.origin = protocol::checkOriginFromString(origin);
        QVERIFY(add(check));
        QCOMPARE(takeAnnounced(), QStringList(completed));
        QCOMPARE(count("gates"), 0);
    }

    void otherMainBranches_areCountedAnewAndTold()
    {
        Check check = checkOf(CheckStatus::Blocked);
        check.branch = u"develop"_s;
        QVERIFY(add(check));
        QVERIFY(add(checkOf(CheckStatus::Pass, 1h)));
        store::SettingsBook book{protocol::Settings()};
        const service::Settings settings(book);
        QVERIFY(carryOut(settings, &service::Settings::change,
                         QJsonObject{{u"mainBranches"_s, QJsonArray{u"develop"_s, u"develop "_s}}}));
        QCOMPARE(book.current()->mainBranches, QStringList(u"develop"_s));
        takeAnnounced();
        QCOMPARE(recount(), std::optional(false));
        QCOMPARE(lastData()["to"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(lastData()["from"_L1].toString(), u"PASS"_s);
        QCOMPARE(takeAnnounced(), QStringList(changed));
        QCOMPARE(recount(), std::optional(false));
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void staleGate_isForgottenAndAnotherIsNot()
    {
        const service::GateRemoval removal{{u"shop"_s, u"unit"_s}};
        QCOMPARE(carryOut(Gates::forget, removal).error().code, ErrorCode::NotFound);
        QVERIFY(add(checkOf(CheckStatus::Pass, 24h * 29)));
        QCOMPARE(carryOut(Gates::forget, removal).error().code, ErrorCode::Validation);
        Check old = checkOf(CheckStatus::Pass, 24h * 31);
        old.gate = u"old"_s;
        QVERIFY(add(old));
        QVERIFY(carryOut(Gates::forget, service::GateRemoval{{u"shop"_s, u"old"_s}}).has_value());
        QCOMPARE(carryOut(Gates::forget, service::GateRemoval{{u"shop"_s, u"old"_s}}).error().code,
                 ErrorCode::NotFound);
        QCOMPARE(count("gates WHERE forgotten = 1"), 1);
    }

private:
    bool add(const Check& check)
    {
        service::NewEntries<Check> one;
        one.entries.push_back(Checks::New::of(check));
        return carryOut(Checks::add, one).has_value();
    }

    /// Whether there is more to do.
    std::optional<bool> recount()
    {
        const auto more =
            commit<bool>([](store::Transaction& transaction) { return Gates::recountSome(transaction, {}); });
        return more ? std::optional(*more) : std::nullopt;
    }
};

PRISM_TEST(TestServiceGates)

} // namespace tst_service_gates

#include "tst_service_gates.moc"
