#include "server/service/checks.h"
#include "server/service/gate.h"
#include "server/service/retros.h"
#include "tests/support/test_program.h"
#include "tests/unit/service/service_test.h"

#include <QJsonArray>

namespace tst_service_entries {

using namespace prism;
using namespace Qt::StringLiterals;
using protocol::Check;
using protocol::ErrorCode;
using protocol::Retro;
using service::Checks;
using service::Gate;
using service::Retros;
using service::ViolationMark;

namespace {

Check checkWithId(const QString& id, double duration = 1)
{
    Check check;
    check.id = id;
    check.duration = duration;
    check.timestamp = protocol::now();
    check.project = u"p"_s;
    check.violations = {{u"P1"_s, u"One"_s, protocol::Severity::Warning, u"no"_s}};
    return check;
}

Retro retroWithId(const QString& id)
{
    Retro retro;
    retro.id = id;
    retro.timestamp = protocol::now();
    return retro;
}

template <typename T>
service::NewEntries<T> all(const std::vector<T>& entries)
{
    service::NewEntries<T> made;
    for (const T& entry : entries)
        made.entries.push_back(service::NewEntry<T>::of(entry));
    return made;
}

rules::Edition editionOf(const QString& keyword)
{
    const auto rules = rules::RuleSet::make(
        {{u"principles"_s, QJsonArray{QJsonObject{{u"id"_s, u"P1"_s},
                                                  {u"name"_s, u"One"_s},
                                                  {u"level"_s, u"HARD_BLOCK"_s},
                                                  {u"violation_message"_s, u"no"_s},
                                                  {u"keywords"_s, QJsonArray{keyword}}}}}},
        {});
    return {3, {}, {}, rules.value()};
}

} // namespace

/// How checks and retrospectives are added and marked, and what is said of it.
class TestServiceEntries : public QObject, protected test::ServiceTest
{
    Q_OBJECT

private slots:
    void init() { open(); }

    void cleanup() { close(); }

    void newCheck_isStoredAndAnnouncedAsItIsAnswered()
    {
        const auto added = carryOut(Checks::add, all<Check>({checkWithId(QString())}));
        QVERIFY(added.has_value() && added->isNew);
        QCOMPARE(count("checks"), 1);
        QCOMPARE(count("violations"), 1);
        QVERIFY(!lastData()["id"_L1].toString().isEmpty());
        QCOMPARE(lastData(), QJsonDocument::fromJson(added->json).object());
        QCOMPARE(m_log.events.back().project, u"p"_s);
        QCOMPARE(takeAnnounced(), QStringList{u"gateway:check:completed"_s});
    }

    void checkThatIsThere_isToldAsItIsAndNotAnnounced()
    {
        const auto first = carryOut(Checks::add, all<Check>({checkWithId(u"a"_s, 1)}));
        takeAnnounced();
        const auto second = carryOut(Checks::add, all<Check>({checkWithId(u"a"_s, 2)}));
        QVERIFY(second.has_value() && !second->isNew);
        QCOMPARE(second->json, first->json);
        QCOMPARE(count("checks"), 1);
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void manyChecks_areCountedByWhetherTheyAreNew()
    {
        QVERIFY(carryOut(Checks::add, all<Check>({checkWithId(u"a"_s)})).has_value());
        takeAnnounced();
        const auto stored = carryOut(
            Checks::addAll, all<Check>({checkWithId(u"a"_s), checkWithId(u"b"_s), checkWithId(u"b"_s)}));
        QCOMPARE(stored->received, 3);
        QCOMPARE(stored->created, 1);
        QCOMPARE(count("checks"), 2);
        QCOMPARE(takeAnnounced(), QStringList{u"gateway:check:completed"_s});
    }

    void importedChecks_areKeptAsSuch()
    {
        service::NewEntries<Check> imported = all<Check>({checkWithId(u"a"_s)});
        imported.imported = true;
        QVERIFY(carryOut(Checks::addAll, imported).has_value());
        QCOMPARE(count("checks WHERE imported = 1"), 1);
    }

    void mark_isSetAndAnnouncedOnce()
    {
        QVERIFY(carryOut(Checks::add, all<Check>({checkWithId(u"a"_s)})).has_value());
        takeAnnounced();
        const auto marked = carryOut(Checks::mark, ViolationMark{u"a"_s, 0, true});
        QVERIFY(marked.has_value());
        QCOMPARE(count("violations WHERE false_positive = 1"), 1);
        QCOMPARE(lastData()["check"_L1].toObject(), QJsonDocument::fromJson(marked->json).object());
        QCOMPARE(takeAnnounced(), QStringList{u"gateway:check:updated"_s});
        QCOMPARE(carryOut(Checks::mark, ViolationMark{u"a"_s, 0, true})->json, marked->json);
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void markOfWhatIsNotThere_isRefused()
    {
        QVERIFY(carryOut(Checks::add, all<Check>({checkWithId(u"a"_s)})).has_value());
        takeAnnounced();
        for (const ViolationMark& mark : {ViolationMark{u"b"_s, 0, true}, ViolationMark{u"a"_s, 1, true}})
            QCOMPARE(carryOut(Checks::mark, mark).error().code, ErrorCode::NotFound);
        QCOMPARE(count("violations WHERE false_positive = 1"), 0);
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void retro_isStoredAndAnnouncedOnce()
    {
        const auto added = carryOut(Retros::add, all<Retro>({retroWithId(u"r"_s)}));
        QVERIFY(added.has_value() && added->isNew);
        QCOMPARE(lastData()["retro"_L1].toObject(), QJsonDocument::fromJson(added->json).object());
        QCOMPARE(takeAnnounced(), QStringList{u"retro:created"_s});
        const auto stored = carryOut(Retros::addAll, all<Retro>({retroWithId(u"r"_s), retroWithId(u"s"_s)}));
        QCOMPARE(stored->created, 1);
        QCOMPARE(count("retros"), 2);
        QCOMPARE(takeAnnounced(), QStringList{u"retro:created"_s});
    }

    void verdictOfTheGate_isKeptAsACheck()
    {
        service::GateQuestion question{{u"please DROP it"_s, {}, {}}, {}};
        question.context.user = u"ann"_s;
        question.context.project = u"p"_s;
        question.context.gate = u"hook"_s;
        const auto verdict = Gate::judge(editionOf(u"drop"_s), question, {});
        QVERIFY(verdict.has_value());
        QCOMPARE(count("checks"), 0);
        const auto kept = carryOut(Gate::keep, *verdict);
        QVERIFY(kept.has_value());
        const QJsonObject check = QJsonDocument::fromJson(kept->check).object();
        QCOMPARE(check["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(check["user"_L1].toString(), u"ann"_s);
        QCOMPARE(QJsonDocument::fromJson(kept->judgement)["rulesVersion"_L1].toInt(), 3);
        QCOMPARE(count("checks WHERE status = 'BLOCKED' AND project = 'p' AND gate = 'hook'"), 1);
        QCOMPARE(lastData()["check"_L1].toObject(), check);
        QCOMPARE(takeAnnounced(), QStringList({u"gateway:check:completed"_s, u"gate:changed"_s}));
    }
};

PRISM_TEST(TestServiceEntries)

} // namespace tst_service_entries

#include "tst_service_entries.moc"
