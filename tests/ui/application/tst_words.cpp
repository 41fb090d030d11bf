#include "client/desktop/herald.h"
#include "client/desktop/notifier.h"
#include "client/model/activity_model.h"
#include "client/model/alerts_model.h"
#include "client/model/record_editor.h"
#include "client/model/record_run.h"
#include "client/model/server_settings_model.h"
#include "client/ui/activity/activity_facts.h"
#include "client/ui/activity/activity_texts.h"
#include "client/ui/alerts/alert_texts.h"
#include "client/ui/application/language.h"
#include "client/ui/dashboard/quality_panel.h"
#include "client/ui/dashboard/stat_card.h"
#include "client/ui/dashboard/usage_panel.h"
#include "client/ui/records/record_form.h"
#include "client/ui/settings/server_settings_panel.h"
#include "client/ui/window/period_selector.h"
#include "tests/support/test_program.h"
#include "tests/ui/translation_file.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace tst_words {

using namespace prism;
using model::ActivityModel;
using protocol::AlertKind;
using protocol::AlertSeverity;
using test::Message;

/// One thing has one name: every string against the glossary in CONTRIBUTING.md, and the widgets against each
/// other.
class TestWords : public QObject
{
    Q_OBJECT

private slots:
    void glossary_isFollowed_data();
    void glossary_isFollowed();
    void chinese_hasItsOwnPunctuation();
    void noText_isANameOfTheApi();

    void names_areTheSameEverywhere_data();
    void names_areTheSameEverywhere();
    void event_isNamedAndNeverByItsId_data();
    void event_isNamedAndNeverByItsId();

private:
    ui::Language m_language;
    net::Api m_api{QUrl(QStringLiteral("http://127.0.0.1:9")), net::Options()}; ///< is not asked anything
};

namespace {

QStringList listed(const QString& cell)
{
    QStringList texts;
    const QStringList parts = cell.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        if (const QString text = part.trimmed(); !text.isEmpty())
            texts.append(text);
    }
    return texts;
}

bool isChinese(const QString& text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.script() == QChar::Script_Han; });
}

QRegularExpression patternOf(const QString& word)
{
    return QRegularExpression(QStringLiteral("\\b%1s?\\b").arg(QRegularExpression::escape(word)),
                              QRegularExpression::CaseInsensitiveOption);
}

/// As a word, one or several of it, in any case; Chinese has no spaces between words.
bool has(const QString& text, const QString& word)
{
    if (isChinese(word))
        return text.contains(word);
    return text.contains(patternOf(word));
}

QStringList textsOf(const QWidget& widget)
{
    QStringList texts;
    const QList<QLabel*> labels = widget.findChildren<QLabel*>();
    for (const QLabel* label : labels)
        texts.append(label->text());
    return texts;
}

QStringList itemsOf(const QComboBox& box)
{
    QStringList texts;
    for (int i = 0; i < box.count(); ++i)
        texts.append(box.itemText(i));
    return texts;
}

protocol::Alert alertOf(AlertKind kind, AlertSeverity severity)
{
    protocol::Alert alert;
    alert.id = QStringLiteral("usage_drop-activeUsers-1");
    alert.kind = kind;
    alert.severity = severity;
    alert.metric = QStringLiteral("p95CheckTime");
    alert.since = protocol::now();
    alert.checks = 10;
    alert.timestamp = protocol::now();
    return alert;
}

protocol::Event eventOf(QLatin1String type, const QJsonObject& data)
{
    return {QString(type), 1, data, protocol::now()};
}

QString factOf(const protocol::Event& event, const QString& name)
{
    const ui::ActivityFacts facts(model::ActivityEntry::fromEvent(event), QLocale::c());
    for (const ui::Fact& fact : facts.facts()) {
        if (fact.name == name)
            return fact.value;
    }
    return {};
}

/// What the table of the activity shows of one event.
QString cellOf(const protocol::Event& event, ActivityModel::Column column)
{
    ActivityModel activity{net::Options()};
    ui::ActivityTexts texts;
    texts.setSourceModel(&activity);
    activity.replace({event});
    return texts.index(0, column).data().toString();
}

class Board : public desktop::Notifier
{
public:
    void show(const desktop::Notification& notification) override { title = notification.title; }
    void withdraw(const QString&) override {}
    QString title;
};

} // namespace

void TestWords::glossary_isFollowed_data()
{
    QTest::addColumn<QString>("english");
    QTest::addColumn<QStringList>("chinese");
    QTest::addColumn<QStringList>("never");
    QFile file(qEnvironmentVariable("PRISM_SOURCE_DIR") + QStringLiteral("/CONTRIBUTING.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString section = QString::fromUtf8(file.readAll())
                                .section(QStringLiteral("## Words"), 1)
                                .section(QStringLiteral("\n## "), 0, 0);
    const QStringList lines = section.split(QLatin1Char('\n'));
    for (const QString& line : lines) {
        const QStringList cells = line.split(QLatin1Char('|'));
        if (cells.size() != 6 || cells[1].startsWith(QStringLiteral(" ---")) ||
            cells[1].trimmed() == QStringLiteral("English"))
            continue;
        const QString english = cells[1].trimmed();
        QTest::newRow(qPrintable(english)) << english << listed(cells[2]) << listed(cells[4]);
    }
}

void TestWords::glossary_isFollowed()
{
    QFETCH(const QString, english);
    QFETCH(const QStringList, chinese);
    QFETCH(const QStringList, never);
    QVERIFY(!english.isEmpty() && !chinese.isEmpty());
    QStringList wrong;
    const QList<Message> messages = test::messagesOf(QStringLiteral("zh_CN"));
    for (const Message& message : messages) {
        const QStringList said = QStringList(message.source) + message.translations;
        for (const QString& word : never) {
            if (std::ranges::any_of(said, [&](const QString& text) { return has(text, word); }))
                wrong.append(word + QStringLiteral(" in ") + message.key);
        }
        const bool isPaired = std::ranges::all_of(message.translations, [&](const QString& translation) {
            return std::ranges::any_of(chinese,
                                       [&](const QString& word) { return translation.contains(word); });
        });
        if (has(message.source, english) && !isPaired)
            wrong.append(message.key + message.translations.join(u' '));
    }
    QCOMPARE(wrong, QStringList());
}

void TestWords::chinese_hasItsOwnPunctuation()
{
    static const QRegularExpression half(
        QStringLiteral("[();!?]|[,:.](?!\\S)|[,:.](?=\\p{Han})|\\p{Han}[,:.]"));
    QStringList wrong;
    const QList<Message> messages = test::messagesOf(QStringLiteral("zh_CN"));
    for (const Message& message : messages) {
        for (const QString& translation : message.translations) {
            if (translation.contains(half) && !message.source.startsWith(QStringLiteral("CSV ")))
                wrong.append(translation);
        }
    }
    QCOMPARE(wrong, QStringList());
}

void TestWords::noText_isANameOfTheApi()
{
    static const QRegularExpression name(
        QStringLiteral("[a-z][A-Z]|\\w_\\w|[a-z]:[a-z]|/api/|Idempotency|ERR_"));
    QStringList wrong;
    const QList<Message> messages = test::messagesOf(QStringLiteral("zh_CN"));
    for (const Message& message : messages) {
        for (const QString& text : QStringList(message.source) + message.translations) {
            if (text.contains(name) && !text.startsWith(QStringLiteral("HH:mm")))
                wrong.append(text);
        }
    }
    QCOMPARE(wrong, QStringList());
}

void TestWords::names_areTheSameEverywhere_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::newRow("English") << QLocale(QLocale::English, QLocale::UnitedStates);
    QTest::newRow("Chinese") << QLocale(QLocale::Chinese);
}

void TestWords::names_areTheSameEverywhere()
{
    QFETCH(const QLocale, locale);
    m_language.set(locale);

    // Kinds of alerts: in the list, in the details, in a notification, among the settings.
    model::ServerSettingsModel settings(m_api);
    const ui::ServerSettingsPanel panel(settings);
    const QStringList named = textsOf(panel);
    QSet<QString> kinds;
    for (const auto& [kind, name] : protocol::alertKindNames) {
        const protocol::Alert alert = alertOf(kind, AlertSeverity::High);
        model::AlertsModel alerts;
        ui::AlertTexts texts;
        texts.setSourceModel(&alerts);
        alerts.add(alert);
        const QString word = texts.index(0, 0).data(ui::AlertTexts::KindTextRole).toString();
        QVERIFY(!word.isEmpty());
        kinds.insert(word);
        const protocol::Event event = eventOf(protocol::event_type::alert, protocol::toJson(alert));
        QCOMPARE(factOf(event, QCoreApplication::translate("prism::ui::ActivityFacts", "Type")), word);
        Board board;
        desktop::Herald(board, QStringLiteral("s"), net::Clock(), {}).alertRaised(alert);
        QVERIFY2(board.title.startsWith(word), qPrintable(board.title));
        QVERIFY2(std::ranges::any_of(named, [&](const QString& text) { return text.startsWith(word); }),
                 qPrintable(word));
    }
    QCOMPARE(kinds.size(), qsizetype(protocol::alertKindNames.size()));

    // How grave an alert is: in the list, in the table, in the details.
    QSet<QString> severities;
    for (const auto& [severity, name] : protocol::alertSeverityNames) {
        const protocol::Alert alert = alertOf(AlertKind::SlowChecks, severity);
        const protocol::Event event = eventOf(protocol::event_type::alert, protocol::toJson(alert));
        const QString word = ui::AlertTexts::severityText(severity);
        severities.insert(word);
        QCOMPARE(cellOf(event, ActivityModel::StatusColumn), word);
        QCOMPARE(factOf(event, QCoreApplication::translate("prism::ui::ActivityFacts", "Severity")), word);
    }
    QCOMPARE(severities.size(), qsizetype(protocol::alertSeverityNames.size()));

    // Metrics: on the cards and panels, and where a record chooses them.
    model::RecordEditor editor(m_api);
    const ui::RecordForm form(editor);
    editor.startNew();
    QStringList metrics;
    const auto* list = form.findChild<QListWidget*>(QStringLiteral("record-metrics"));
    for (int row = 0; row < list->count(); ++row)
        metrics.append(list->item(row)->text());
    QCOMPARE(QSet<QString>(metrics.begin(), metrics.end()).size(), metrics.size());
    using Kind = ui::StatCard::Kind;
    for (const Kind kind : {Kind::TotalChecks, Kind::Violations, Kind::ActiveUsers, Kind::AverageCheckTime}) {
        const ui::StatCard card(kind);
        QVERIFY2(metrics.contains(card.title()), qPrintable(card.title()));
    }
    const ui::UsagePanel usage;
    const ui::QualityPanel quality;
    const QStringList shown = textsOf(usage) + textsOf(quality);
    for (const char* metric : {"totalRetrospectives", "activeSessions", "avgDuration", "successRate"})
        QVERIFY2(shown.contains(metrics.value(model::recordMetrics().indexOf(QLatin1String(metric)))),
                 metric);

    // Periods: above the dashboard, and of a record.
    const ui::PeriodSelector selector;
    QStringList periods;
    const QList<QAbstractButton*> buttons = selector.findChildren<QAbstractButton*>();
    for (const QAbstractButton* button : buttons)
        periods.append(button->text());
    const QStringList ofRecords = itemsOf(*form.findChild<QComboBox*>(QStringLiteral("record-period")));
    QCOMPARE(ofRecords.mid(1), periods);
    QVERIFY2(ofRecords.constFirst().contains(periods[1]), qPrintable(ofRecords.constFirst())); // a week

    // Statuses and severities: in the table, in the details, and where a record is filtered by them.
    const QString statuses = form.findChild<QLineEdit*>(QStringLiteral("filter-status"))->placeholderText();
    const QString graveness =
        form.findChild<QLineEdit*>(QStringLiteral("filter-severity"))->placeholderText();
    for (const char* status : {"PASS", "WARNING", "BLOCKED"}) {
        const protocol::Event event = eventOf(protocol::event_type::checkCompleted,
                                              {{QStringLiteral("status"), QString::fromLatin1(status)}});
        const QString word = cellOf(event, ActivityModel::StatusColumn);
        QCOMPARE(factOf(event, QCoreApplication::translate("prism::ui::ActivityFacts", "Status")), word);
        QVERIFY2(statuses.contains(word), qPrintable(word));
    }
    for (const char* severity : {"INFO", "WARNING", "BLOCK"}) {
        const QJsonObject violation{{QStringLiteral("severity"), QString::fromLatin1(severity)}};
        const protocol::Event event = eventOf(protocol::event_type::checkCompleted,
                                              {{QStringLiteral("violations"), QJsonArray{violation}}});
        const ui::ActivityFacts facts(model::ActivityEntry::fromEvent(event), locale);
        QVERIFY2(graveness.contains(facts.violations().constFirst().text.value), severity);
    }
    m_language.set(QLocale(QLocale::English, QLocale::UnitedStates));
}

void TestWords::event_isNamedAndNeverByItsId_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("data");
    QTest::addColumn<QString>("name");
    const auto row = [](QLatin1String type, const char* data, const char* name) {
        QTest::newRow(type.data()) << QString(type) << QString::fromUtf8(data) << QString::fromUtf8(name);
    };
    namespace type = protocol::event_type;
    row(type::recordCreated, R"({"record":{"id":"%1","type":"adhoc","config":{"period":"week"}}})",
        "新建记录");
    row(type::recordUpdated, R"({"id":"%1","record":{"id":"%1"}})", "修改记录");
    row(type::recordDeleted, R"({"id":"%1"})", "删除记录");
    row(type::checkCompleted, R"({"id":"%1","status":"PASS","origin":"ci","counts":{"block":2,"info":1}})",
        "检查");
    row(type::checkUpdated, R"({"id":"%1","check":{"id":"%1","status":"PASS"}})", "检查已修改");
    row(type::gateChanged,
        R"({"project":"商店","gate":"单元","from":null,"to":"BLOCKED","check":{"id":"%1","status":"BLOCKED"}})",
        "门禁已变化");
    row(type::retroCreated, R"({"retro":{"id":"%1","type":"deep"}})", "复盘");
    row(type::alert, R"({"id":"%1"})", "告警");
    row(type::alertAcknowledged, R"({"id":"%1"})", "告警已确认");
    row(type::settingsUpdated, R"({"settings":{"checkLevel":"strict","alerts":{"usageDropShare":0.5}}})",
        "修改设置");
    row(type::principlesUpdated, R"({"version":3,"builtIn":false,"principles":4})", "修改原则");
    row(QLatin1String("planet:aligned"), R"({"id":"%1"})", "其他事件");
}

void TestWords::event_isNamedAndNeverByItsId()
{
    QFETCH(const QString, type);
    QFETCH(const QString, data);
    QFETCH(const QString, name);
    const QString id = QStringLiteral("0190a000-0000-7000-8000-000000000001");
    m_language.set(QLocale(QLocale::Chinese));
    const protocol::Event event{
        type, 1, QJsonDocument::fromJson(QString(data).replace(QStringLiteral("%1"), id).toUtf8()).object(),
        protocol::now()};
    QCOMPARE(cellOf(event, ActivityModel::TypeColumn), name);
    const QString detail = cellOf(event, ActivityModel::DetailColumn);
    QVERIFY2(!detail.contains(id.left(8)), qPrintable(detail));
    const ui::ActivityFacts facts(model::ActivityEntry::fromEvent(event), QLocale(QLocale::Chinese));
    QCOMPARE(facts.facts().constFirst().value, name);
    static const QRegularExpression latin(QStringLiteral("[A-Za-z]{2,}"));
    for (const ui::Fact& fact : facts.facts()) {
        const bool isId = fact.value == id || fact.value.contains(QStringLiteral("UTC")); // or a time
        QVERIFY2(!fact.name.contains(latin) && (isId || !fact.value.contains(latin)),
                 qPrintable(fact.name + QStringLiteral(": ") + fact.value));
    }
    m_language.set(QLocale(QLocale::English, QLocale::UnitedStates));
}

PRISM_WIDGET_TEST(TestWords)

} // namespace tst_words

#include "tst_words.moc"
