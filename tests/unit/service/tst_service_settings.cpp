#include "server/service/rules.h"
#include "server/service/settings.h"
#include "server/store/tables/settings_writer.h"
#include "tests/support/test_program.h"
#include "tests/unit/service/service_test.h"

#include <QJsonArray>

namespace tst_service_settings {

using namespace prism;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::AlertKind;
using protocol::ErrorCode;
using protocol::Mute;
using service::RuleChange;
using service::Rules;
using service::Settings;

namespace {

rules::RuleSetPtr rulesNamed(const QString& id)
{
    return rules::RuleSet::make(
               {{u"principles"_s, QJsonArray{QJsonObject{{u"id"_s, id},
                                                         {u"name"_s, id},
                                                         {u"level"_s, u"ADVISORY"_s},
                                                         {u"violation_message"_s, u"no"_s},
                                                         {u"keywords"_s, QJsonArray{u"x"_s}}}}}},
               {})
        .value();
}

} // namespace

/// How settings and rules are changed, from when they hold, and what is said of it.
class TestServiceSettings : public QObject, protected test::ServiceTest
{
    Q_OBJECT

    std::unique_ptr<store::SettingsBook> m_settings;
    std::unique_ptr<rules::RuleBook> m_rules;

    protocol::Settings stored() { return store::SettingsReader(*m_database).settings().value(); }

private slots:
    void init()
    {
        open();
        m_settings = std::make_unique<store::SettingsBook>(protocol::Settings());
        m_rules = std::make_unique<rules::RuleBook>(rules::Edition{0, {}, {}, rulesNamed(u"built in"_s)});
    }

    void cleanup() { close(); }

    void change_isStoredAnnouncedAndHolds()
    {
        const auto changed =
            carryOut(Settings(*m_settings), &Settings::change, QJsonObject{{u"retentionDays"_s, 90}});
        QVERIFY(changed.has_value());
        QCOMPARE(stored().retentionDays, 90);
        QCOMPARE(*m_settings->current(), stored());
        QCOMPARE(lastData()["settings"_L1].toObject(), QJsonDocument::fromJson(changed->json).object());
        QCOMPARE(takeAnnounced(), QStringList{u"settings:updated"_s});
    }

    void changeThatIsNotValid_isRefusedAndNothingHolds()
    {
        const auto refused =
            carryOut(Settings(*m_settings), &Settings::change, QJsonObject{{u"retentionDays"_s, u"many"_s}});
        QVERIFY(!refused.has_value());
        QCOMPARE(stored(), protocol::Settings());
        QCOMPARE(*m_settings->current(), protocol::Settings());
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void mute_replacesThatOfItsKindUntilItIsEnded()
    {
        const Settings settings(*m_settings);
        const protocol::Timestamp soon = protocol::now() + 1h;
        for (const protocol::Timestamp until : {soon, soon + 1h})
            QVERIFY(carryOut(settings, &Settings::mute, Mute{AlertKind::UsageDrop, until}).has_value());
        QCOMPARE(stored().mutes, (QList<Mute>{{AlertKind::UsageDrop, soon + 1h}}));
        QCOMPARE(m_settings->current()->mutes, stored().mutes);
        QCOMPARE(takeAnnounced(), (QStringList{u"settings:updated"_s, u"settings:updated"_s}));

        QVERIFY(carryOut(settings, &Settings::unmute, AlertKind::UsageDrop).has_value());
        QVERIFY(m_settings->current()->mutes.isEmpty());
        QCOMPARE(takeAnnounced(), QStringList{u"settings:updated"_s});
        QCOMPARE(carryOut(settings, &Settings::unmute, AlertKind::UsageDrop).error().code,
                 ErrorCode::NotFound);
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void adoptedRules_holdUnderTheNextVersion()
    {
        const auto adopted =
            carryOut(Rules(*m_rules, 10), &Rules::adopt, RuleChange{rulesNamed(u"P1"_s), {}});
        QVERIFY(adopted.has_value());
        QCOMPARE(adopted->stored.version, 1);
        QCOMPARE(m_rules->current().version, 1);
        QCOMPARE(lastData()["version"_L1].toInt(), 1);
        QCOMPARE(takeAnnounced(), QStringList{u"principles:updated"_s});
        QCOMPARE(service::newestRules(*m_database)->version, 1);
        const auto stored = service::storedRules(*m_database, 1);
        QVERIFY(stored.has_value());
        QCOMPARE(stored->document, adopted->stored.document);
        QCOMPARE(service::compiled(*stored)->rules->document(), adopted->stored.document);
    }

    void storedRules_holdWhateverWouldBeTakenNow()
    {
        store::StoredRules stored;
        stored.document = R"({"principles":[{"id":"P","name":"n","level":"ADVISORY","keywords":[" ","x"],)"
                          R"("violation_message":"no"}]})";
        const auto compiled = service::compiled(stored);
        QVERIFY(compiled.has_value());
        QCOMPARE(QJsonDocument::fromJson(compiled->rules->document()),
                 QJsonDocument::fromJson(stored.document));
        QVERIFY(compiled->rules->objections().first().startsWith(u"principles[0].keywords: "));
        stored.document = "no JSON";
        QCOMPARE(service::compiled(stored).error().code, ErrorCode::Internal);
    }

    void oldVersions_makeRoom()
    {
        const Rules rules(*m_rules, 2);
        for (const char* id : {"P1", "P2", "P3"})
            QVERIFY(carryOut(rules, &Rules::adopt, RuleChange{rulesNamed(QString::fromLatin1(id)), {}})
                        .has_value());
        QCOMPARE(service::storedRules(*m_database, 1).error().code, ErrorCode::NotFound);
        QCOMPARE(service::storedRules(*m_database, 2)->version, 2);
        QCOMPARE(service::storedRules(*m_database, 0)->version, 0);
    }
};

PRISM_TEST(TestServiceSettings)

} // namespace tst_service_settings

#include "tst_service_settings.moc"
