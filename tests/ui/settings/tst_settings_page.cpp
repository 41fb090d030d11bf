#include "client/model/preferences.h"
#include "client/model/server_settings_model.h"
#include "client/model/workspace.h"
#include "client/net/api.h"
#include "client/ui/settings/preferences_panel.h"
#include "client/ui/settings/settings_page.h"
#include "client/ui/theme/style_sheet.h"
#include "client/ui/theme/theme.h"
#include "client/ui/widgets/wheel_guard.h"
#include "shared/protocol/envelope.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

namespace tst_settings_page {

using namespace prism;
using model::Preferences;
using model::ServerSettingsModel;
using test::StubAnswer;
using test::StubRequest;

/// The settings page by keyboard and mouse: this dashboard's at once, the server's when they are saved.
class TestSettingsPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void preferences_areAppliedAtOnce();
    void limitsTheWrongWayRound_areNotApplied();
    void changedElsewhere_isShown();
    void serverSettings_areShownAndSaved();
    void serverSettings_refused_saysWhyBesideTheField();
    void othersChange_keepsWhatWasBegun();
    void revert_showsTheServersAgain();
    void serverWithoutSettings_saysSo();
    void mute_canBeLifted();
    void anotherTheme_whileMutesAreShown();
    void numbersBeyondTheFields_stayAsTheyAre();
    void otherNumbers_areRefusedNotReinterpreted_data();
    void otherNumbers_areRefusedNotReinterpreted();
    void wheel_changesNothingWithoutFocus();

private:
    template <typename Widget>
    Widget* find(const char* name) const
    {
        return m_page->findChild<Widget*>(QLatin1String(name));
    }
    void type(const char* name, const QString& text);
    void loadServer();

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<test::StubServer> m_server;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<model::Workspace> m_workspace;
    ServerSettingsModel* m_model = nullptr; ///< the workspace's
    std::unique_ptr<ui::SettingsPage> m_page;
    QJsonObject m_settings;
    std::optional<protocol::Error> m_refusal;
    QList<StubRequest> m_writes;
};

void TestSettingsPage::init()
{
    m_writes.clear();
    m_refusal.reset();
    m_settings = QJsonDocument::fromJson(R"({"checkLevel":"standard","checkTimeoutMs":1000,"retentionDays":0,
        "alerts":{"performanceFactor":3,"usageDropShare":0.5},
        "mutes":[{"kind":"usage_drop","until":"2036-11-26T18:00:00.000Z"}]})")
                     .object();
    m_server = std::make_unique<test::StubServer>();
    m_server->override = [this](const StubRequest& request) -> std::optional<StubAnswer> {
        if (request.method != "GET")
            m_writes.append(request);
        if (m_refusal)
            return StubAnswer{400,
                              protocol::failureEnvelope(*m_refusal, QStringLiteral("1"), protocol::now())};
        if (request.method == "PUT") {
            const QJsonObject changes = QJsonDocument::fromJson(request.body).object();
            for (auto change = changes.begin(); change != changes.end(); ++change)
                m_settings.insert(change.key(), change.value());
        }
        return StubAnswer{200, protocol::successEnvelope(m_settings, QStringLiteral("1"), protocol::now())};
    };
    m_dir = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<Preferences>(m_dir->filePath(QStringLiteral("preferences")));
    m_workspace = std::make_unique<model::Workspace>(m_server->url(), protocol::Period::Week);
    m_model = &m_workspace->serverSettings();
    m_page = std::make_unique<ui::SettingsPage>(*m_preferences, *m_workspace);
    m_page->setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    m_page->resize(1000, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestSettingsPage::cleanup()
{
    m_page.reset();
    m_workspace.reset();
    m_preferences.reset();
}

void TestSettingsPage::type(const char* name, const QString& text)
{
    auto* box = find<QAbstractSpinBox>(name);
    QVERIFY2(box && box->isVisible(), name);
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, text);
    QTest::keyClick(box, Qt::Key_Return);
}

void TestSettingsPage::loadServer()
{
    m_model->setActive(true);
    QTRY_COMPARE(m_model->state(), ServerSettingsModel::State::Ready);
}

void TestSettingsPage::preferences_areAppliedAtOnce()
{
    QSignalSpy language(m_page->preferences(), &ui::PreferencesPanel::languageChosen);
    auto* languages = find<QComboBox>("preferred-language");
    QCOMPARE(languages->currentText(), QStringLiteral("As the system"));
    languages->setFocus();
    QTest::keyClick(languages, Qt::Key_End);
    QCOMPARE(language.count(), 1);
    QCOMPARE(language[0][0].toString(), QStringLiteral("zh_CN"));

    auto* themes = find<QComboBox>("theme");
    themes->setFocus();
    QTest::keyClick(themes, Qt::Key_End);
    QCOMPARE(m_preferences->theme(), model::ThemeChoice::Dark);

    type("good-below", QStringLiteral("2.5"));
    QCOMPARE(m_preferences->checkTimeLimits().goodBelow, 2.5);

    auto* notifications = find<QCheckBox>("notifications");
    QVERIFY(notifications->isChecked());
    notifications->setFocus();
    QTest::keyClick(notifications, Qt::Key_Space);
    QVERIFY(!m_preferences->notifications());

    type("poll-interval", QStringLiteral("90"));
    QCOMPARE(m_preferences->pollInterval(), std::chrono::seconds(90));
}

void TestSettingsPage::limitsTheWrongWayRound_areNotApplied()
{
    type("good-below", QStringLiteral("80"));
    QCOMPARE(m_preferences->checkTimeLimits().goodBelow, 10);
    const auto isTold = [this] {
        const QList<QLabel*> labels = m_page->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [](const QLabel* label) {
            return label->isVisible() && label->text().startsWith(QStringLiteral("Must be below"));
        });
    };
    QVERIFY(isTold());
    type("acceptable-below", QStringLiteral("200"));
    QVERIFY(!isTold());
    QCOMPARE(m_preferences->checkTimeLimits().goodBelow, 80);
    QCOMPARE(m_preferences->checkTimeLimits().acceptableBelow, 200);
}

void TestSettingsPage::changedElsewhere_isShown()
{
    m_preferences->setTheme(model::ThemeChoice::Light);
    QCOMPARE(find<QComboBox>("theme")->currentText(), QStringLiteral("Light"));
    m_preferences->setLanguage(QStringLiteral("en"));
    QCOMPARE(find<QComboBox>("preferred-language")->currentText(), QStringLiteral("English"));
}

void TestSettingsPage::serverSettings_areShownAndSaved()
{
    loadServer();
    QCOMPARE(find<QDoubleSpinBox>("checkTimeoutMs")->value(), 1000);
    QCOMPARE(find<QDoubleSpinBox>("retentionDays")->text(), QStringLiteral("for ever"));
    QCOMPARE(find<QDoubleSpinBox>("alerts.usageDropShare")->text(), QStringLiteral("50 %"));
    QVERIFY(!find<QDoubleSpinBox>("alerts.qualityDropEvidence")->isVisible()); // this server does not know it
    auto* save = find<QPushButton>("server-settings-save");
    QVERIFY(!save->isEnabled());
    type("alerts.usageDropShare", QStringLiteral("40"));
    auto* levels = find<QComboBox>("check-level");
    levels->setFocus();
    QTest::keyClick(levels, Qt::Key_Home);
    QVERIFY(save->isEnabled());
    QTest::mouseClick(save, Qt::LeftButton);
    QTRY_VERIFY(!m_writes.isEmpty() && !m_model->isSaving());
    const QJsonObject sent = QJsonDocument::fromJson(m_writes[0].body).object();
    QCOMPARE(sent.value(QStringLiteral("checkLevel")).toString(), QStringLiteral("strict"));
    QCOMPARE(sent.value(QStringLiteral("alerts")).toObject().keys(),
             QStringList(QStringLiteral("usageDropShare")));
    QCOMPARE(sent.value(QStringLiteral("alerts"))[QStringLiteral("usageDropShare")].toDouble(), 0.4);
    QCOMPARE(sent.size(), 2);
    QVERIFY(!save->isEnabled());
}

void TestSettingsPage::serverSettings_refused_saysWhyBesideTheField()
{
    loadServer();
    m_refusal = protocol::Error{protocol::ErrorCode::Validation,
                                QStringLiteral("Not valid."),
                                {QStringLiteral("checkTimeoutMs: must be from 1 to 60000")}};
    type("checkTimeoutMs", QStringLiteral("90000"));
    QTest::mouseClick(find<QPushButton>("server-settings-save"), Qt::LeftButton);
    const auto isTold = [this] {
        const QList<QLabel*> labels = m_page->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [](const QLabel* label) {
            return label->isVisible() && label->text() == QStringLiteral("must be from 1 ms to 60,000 ms");
        });
    };
    QTRY_VERIFY(isTold());
    QCOMPARE(find<QDoubleSpinBox>("checkTimeoutMs")->value(), 90'000); // what was typed stays
}

void TestSettingsPage::othersChange_keepsWhatWasBegun()
{
    loadServer();
    type("checkTimeoutMs", QStringLiteral("2000"));
    m_settings.insert(QStringLiteral("retentionDays"), 90);
    m_settings.insert(QStringLiteral("checkTimeoutMs"), 500);
    protocol::Event event;
    event.type = QStringLiteral("settings:updated");
    event.data = {{QStringLiteral("settings"), m_settings},
                  {QStringLiteral("timestamp"), protocol::toIso(protocol::now())}};
    m_model->noteEvents({event});
    QCOMPARE(find<QDoubleSpinBox>("retentionDays")->value(), 90);
    QCOMPARE(find<QDoubleSpinBox>("checkTimeoutMs")->value(), 2000);
}

void TestSettingsPage::revert_showsTheServersAgain()
{
    loadServer();
    type("checkTimeoutMs", QStringLiteral("2000"));
    QTest::mouseClick(find<QPushButton>("server-settings-revert"), Qt::LeftButton);
    QCOMPARE(find<QDoubleSpinBox>("checkTimeoutMs")->value(), 1000);
    QVERIFY(!find<QPushButton>("server-settings-save")->isEnabled());
    QCOMPARE(m_writes.size(), 0);
}

void TestSettingsPage::serverWithoutSettings_saysSo()
{
    m_server->override = {};
    m_model->setActive(true);
    QTRY_COMPARE(m_model->state(), ServerSettingsModel::State::Missing);
    QVERIFY(find<QLabel>("server-settings-state")
                ->text()
                .startsWith(QStringLiteral("This server has no settings")));
    QVERIFY(!find<QPushButton>("server-settings-save")->isVisible());
    QVERIFY(!find<QComboBox>("check-level")->isVisible());
}

void TestSettingsPage::mute_canBeLifted()
{
    loadServer();
    m_settings.remove(QStringLiteral("mutes"));
    auto* lift = find<QPushButton>("unmute-usage_drop");
    QVERIFY(lift);
    QTest::mouseClick(lift, Qt::LeftButton);
    QTRY_VERIFY(!find<QPushButton>("unmute-usage_drop"));
    QCOMPARE(m_writes[0].method, QByteArray("DELETE"));
}

void TestSettingsPage::anotherTheme_whileMutesAreShown()
{
    loadServer();
    for (const ui::Theme& theme : {ui::Theme::darkened(), ui::Theme::light()}) {
        m_page->setStyleSheet({});
        m_page->setPalette(ui::paletteFor(theme));
        m_page->setStyleSheet(ui::styleSheetFor(theme));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(m_page->findChildren<QPushButton*>(QStringLiteral("unmute-usage_drop")).size(), 1);
    }
}

/// What the server has, and no field's range or steps would allow.
void TestSettingsPage::numbersBeyondTheFields_stayAsTheyAre()
{
    m_settings[QStringLiteral("alerts")] = QJsonObject{{QStringLiteral("performanceFactor"), 2.125},
                                                       {QStringLiteral("usageDropShare"), 0.3333},
                                                       {QStringLiteral("performanceThresholdMs"), 3'600'000}};
    loadServer();
    QCOMPARE(find<QDoubleSpinBox>("alerts.performanceThresholdMs")->text(), QStringLiteral("3,600,000 ms"));
    QCOMPARE(find<QDoubleSpinBox>("alerts.performanceFactor")->value(), 2.125);
    QVERIFY(!find<QPushButton>("server-settings-save")->isEnabled());
    type("retentionDays", QStringLiteral("30"));
    QTest::mouseClick(find<QPushButton>("server-settings-save"), Qt::LeftButton);
    QTRY_COMPARE(m_writes.size(), 1);
    QCOMPARE(QJsonDocument::fromJson(m_writes.first().body).object(),
             QJsonObject({{QStringLiteral("retentionDays"), 30}}));
}

void TestSettingsPage::otherNumbers_areRefusedNotReinterpreted_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("value"); // 7 is what was there
    QTest::newRow("as the locale writes it") << QStringLiteral("2.5") << 2.5;
    QTest::newRow("whole") << QStringLiteral("25") << 25.0;
    QTest::newRow("groups where they belong") << QStringLiteral("1,234") << 1234.0;
    QTest::newRow("and with a fraction") << QStringLiteral("1,234.5") << 1234.5;
    QTest::newRow("another locale's fraction") << QStringLiteral("2,5") << 7.0;
    QTest::newRow("another locale's groups") << QStringLiteral("1.234,5") << 7.0;
    QTest::newRow("groups elsewhere") << QStringLiteral("12,34") << 7.0;
    QTest::newRow("two points") << QStringLiteral("1.2.3") << 7.0;
    QTest::newRow("finer than it can be") << QStringLiteral("2.55") << 7.0;
    QTest::newRow("too much") << QStringLiteral("99,999,999") << 7.0;
}

void TestSettingsPage::otherNumbers_areRefusedNotReinterpreted()
{
    QFETCH(const QString, typed);
    QFETCH(const double, value);
    QVERIFY(m_preferences->setCheckTimeLimits({7, 60'000}));
    type("good-below", typed);
    QCOMPARE(find<QDoubleSpinBox>("good-below")->value(), value);
    QCOMPARE(m_preferences->checkTimeLimits().goodBelow, value);

    m_settings[QStringLiteral("alerts")] = QJsonObject{{QStringLiteral("performanceFactor"), 7}};
    loadServer();
    type("alerts.performanceFactor", typed);
    QCOMPARE(find<QDoubleSpinBox>("alerts.performanceFactor")->value(), value > 1000 ? 7 : value);
}

void TestSettingsPage::wheel_changesNothingWithoutFocus()
{
    const ui::WheelGuard guard;
    loadServer();
    m_page->setFocus();
    QList<QWidget*> fields;
    for (auto* field : m_page->findChildren<QComboBox*>())
        fields.append(field);
    for (auto* field : m_page->findChildren<QAbstractSpinBox*>())
        fields.append(field);
    const auto state = [&fields] {
        QStringList texts;
        for (QWidget* field : std::as_const(fields)) {
            const auto* combo = qobject_cast<QComboBox*>(field);
            texts.append(combo ? combo->currentText() : static_cast<QAbstractSpinBox*>(field)->text());
        }
        return texts;
    };
    const QStringList before = state();
    const auto roll = [](QWidget* over) {
        const QPointF place(over->rect().center());
        QWheelEvent event(place, over->mapToGlobal(place), {}, {0, -120}, Qt::NoButton, {}, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(over, &event);
    };
    for (QWidget* field : std::as_const(fields)) {
        if (field->isVisible() && !field->hasFocus())
            roll(field);
        QVERIFY(!field->hasFocus());
    }
    QCOMPARE(state(), before);
    auto* box = find<QAbstractSpinBox>("poll-interval");
    box->setFocus();
    roll(box);
    QVERIFY(state() != before);
}

PRISM_WIDGET_TEST(TestSettingsPage)

} // namespace tst_settings_page

#include "tst_settings_page.moc"
