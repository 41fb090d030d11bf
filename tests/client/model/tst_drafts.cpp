#include "client/model/drafts.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QTest>

namespace tst_drafts {

using namespace prism;
using model::Drafts;

/// What is typed and not saved, as it is kept in a file.
class TestDrafts : public QObject
{
    Q_OBJECT

    static Drafts sample()
    {
        Drafts drafts;
        drafts.server = QUrl(QStringLiteral("http://example.org:3000"));
        protocol::Record base;
        base.id = QStringLiteral("0190a000-0000-7000-8000-000000000001");
        base.name = QStringLiteral("Before");
        base.config = protocol::RecordConfig{
            {QStringLiteral("violations")},
            protocol::Period::Month,
            protocol::ObjectText(QJsonObject{{QStringLiteral("user"), QStringLiteral("ada")}})};
        base.createdAt = protocol::fromMillis(1'770'000'000'000);
        base.updatedAt = protocol::fromMillis(1'770'000'001'000);
        base.version = 4;
        model::RecordFields typed = model::RecordFields::of(base);
        typed.name = QString(); // half written
        typed.type = protocol::RecordType::Scheduled;
        typed.description = QStringLiteral("שלום\nЖ");
        typed.metrics = {QStringLiteral("violations"), QStringLiteral("unheard-of")};
        typed.period.reset();
        drafts.record = model::UnsavedRecord{base, typed, false};
        protocol::Settings settings;
        settings.retentionDays = 30;
        drafts.settings = model::UnsavedSettings{settings, {{QStringLiteral("retentionDays"), 99'999'999}}};
        drafts.records = {QStringLiteral("release"), 2};
        drafts.activity = {QStringLiteral("\"quoted\""), 1};
        return drafts;
    }

private slots:
    void encoded_readsBackAsItWas()
    {
        QCOMPARE(Drafts::fromEncoded(sample().encoded()), sample());
        Drafts fresh = sample();
        fresh.record->base.reset();
        fresh.record->wasRemoved = true;
        fresh.settings.reset();
        QCOMPARE(Drafts::fromEncoded(fresh.encoded()), fresh);
    }

    void nothingTyped_isNothingToKeep()
    {
        Drafts drafts;
        drafts.server = QUrl(QStringLiteral("http://example.org"));
        QVERIFY(drafts.isEmpty());
        QVERIFY(!sample().isEmpty());
        drafts.activity.search = QStringLiteral("x");
        QVERIFY(!drafts.isEmpty());
    }

    void damaged_losesWhatIsDamagedOnly_data()
    {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QJsonValue>("instead");
        QTest::addColumn<bool>("record");
        QTest::addColumn<bool>("settings");
        QTest::newRow("no record") << QStringLiteral("record") << QJsonValue(7) << false << true;
        QTest::newRow("fields of no type")
            << QStringLiteral("record") << QJsonValue(QJsonObject{{QStringLiteral("fields"), QJsonObject()}})
            << false << true;
        QTest::newRow("a base that is none, which would be saved a second time")
            << QStringLiteral("record")
            << QJsonValue(QJsonObject{{QStringLiteral("base"), QJsonObject()},
                                      {QStringLiteral("fields"),
                                       QJsonObject{{QStringLiteral("type"), QStringLiteral("adhoc")}}}})
            << false << true;
        QTest::newRow("settings that are none")
            << QStringLiteral("settings") << QJsonValue(true) << true << false;
        QTest::newRow("other filters")
            << QStringLiteral("activity") << QJsonValue(QJsonArray()) << true << true;
    }

    void damaged_losesWhatIsDamagedOnly()
    {
        QFETCH(const QString, part);
        QFETCH(const QJsonValue, instead);
        QJsonObject json = QJsonDocument::fromJson(sample().encoded()).object();
        json.insert(part, instead);
        const auto read = Drafts::fromEncoded(QJsonDocument(json).toJson());
        QVERIFY(read);
        QTEST(read->record.has_value(), "record");
        QTEST(read->settings.has_value(), "settings");
        QCOMPARE(read->records, sample().records);
    }

    void anotherVersion_isNotRead()
    {
        QJsonObject json = QJsonDocument::fromJson(sample().encoded()).object();
        json.insert(QStringLiteral("version"), 2);
        QVERIFY(!Drafts::fromEncoded(QJsonDocument(json).toJson()));
        QVERIFY(!Drafts::fromEncoded("{"));
        QVERIFY(!Drafts::fromEncoded({}));
    }
};

PRISM_TEST(TestDrafts)

} // namespace tst_drafts

#include "tst_drafts.moc"
