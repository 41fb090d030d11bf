#include "client/model/preferences.h"
#include "client/model/workspace.h"
#include "client/ui/application/language.h"
#include "client/ui/window/main_window.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"
#include "tests/ui/sample.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QJsonDocument>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>

namespace tst_accessibility {

using namespace prism;
using Interface = QAccessibleInterface;

/// What a screen reader finds in the whole window, and where the keyboard alone gets to. The interfaces are
/// Qt's own, in this process; that a screen reader on the bus gets the same is Qt's part.
class TestAccessibility : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void everyControl_hasANameAndItsRole_data();
    void everyControl_hasANameAndItsRole();
    void everyChart_saysInWordsWhatItShows();
    void everyCard_saysItsNumber();
    void tab_goesThroughEverythingAndComesBack();
    void backtab_goesTheSameWayBack();
    void arrows_chooseWithinAGroup();
    void table_tellsItsCellsAndHeaders();

private:
    void visit(Interface* parent, const std::function<void(Interface&)>& look) const;
    QSet<QWidget*> focusable() const;
    QList<QWidget*> walk(Qt::Key key) const;

    std::unique_ptr<test::StubServer> m_server;
    std::unique_ptr<ui::Language> m_language;
    std::unique_ptr<model::Workspace> m_workspace;
    QTemporaryDir m_folder;
    std::unique_ptr<model::Preferences> m_preferences;
    std::unique_ptr<ui::MainWindow> m_window;
};

namespace {

bool isInteractive(QAccessible::Role role)
{
    static const QSet<QAccessible::Role> roles{
        QAccessible::PushButton,   QAccessible::RadioButton, QAccessible::CheckBox, QAccessible::ComboBox,
        QAccessible::EditableText, QAccessible::SpinBox,     QAccessible::Slider,   QAccessible::Table,
        QAccessible::List,         QAccessible::Tree,        QAccessible::PageTab,  QAccessible::ButtonMenu};
    return roles.contains(role);
}

QByteArray described(const QObject* object)
{
    QByteArray path;
    for (; object; object = object->parent())
        path.prepend(QByteArray("/") + object->metaObject()->className() + ' ' +
                     object->objectName().toUtf8());
    return path;
}

} // namespace

void TestAccessibility::init()
{
    m_server = std::make_unique<test::StubServer>();
    m_server->override = [this](const test::StubRequest& request) -> std::optional<test::StubAnswer> {
        if (!request.path.endsWith(QStringLiteral("/dashboard")))
            return std::nullopt;
        protocol::Dashboard dashboard = test::sampleDashboard();
        dashboard.position = {m_server->epoch, m_server->log.size()};
        const QJsonObject body{{QStringLiteral("success"), true},
                               {QStringLiteral("data"), toJson(dashboard)}};
        return test::StubAnswer{.body = QJsonDocument(body).toJson()};
    };
    for (int i = 0; i < 5; ++i)
        m_server->publish();
    m_language = std::make_unique<ui::Language>();
    m_language->set(QLocale(QLocale::English, QLocale::UnitedStates));
    m_workspace = std::make_unique<model::Workspace>(m_server->url(), protocol::Period::Week);
    m_preferences =
        std::make_unique<model::Preferences>(m_folder.filePath(QStringLiteral("preferences.ini")));
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, *m_preferences, *m_language);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_workspace->start();
    QTRY_VERIFY(m_workspace->dashboard().dashboard());
    QTRY_COMPARE(m_workspace->activity().rowCount(), 5);
}

void TestAccessibility::cleanup()
{
    m_window.reset();
    m_workspace.reset();
    m_language.reset();
    m_server.reset();
}

/// Everything that is shown beneath, except the inside of what tells of its parts itself.
void TestAccessibility::visit(Interface* parent, const std::function<void(Interface&)>& look) const
{
    for (int i = 0; i < parent->childCount(); ++i) {
        Interface* child = parent->child(i);
        if (!child || !child->isValid() || child->state().invisible || !child->object())
            continue;
        look(*child);
        const QSet<QAccessible::Role> inParts{QAccessible::ComboBox, QAccessible::EditableText,
                                              QAccessible::Table, QAccessible::List, QAccessible::Tree};
        if (!inParts.contains(child->role()))
            visit(child, look);
    }
}

void TestAccessibility::everyControl_hasANameAndItsRole_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << QStringLiteral("en");
    QTest::newRow("Chinese") << QStringLiteral("zh_CN");
}

void TestAccessibility::everyControl_hasANameAndItsRole()
{
    QFETCH(const QString, language);
    m_language->set(QLocale(language));
    int controls = 0;
    QByteArrayList nameless;
    visit(QAccessible::queryAccessibleInterface(m_window.get()), [&](Interface& shown) {
        const auto* widget = qobject_cast<QWidget*>(shown.object());
        // A viewport is a part of the view that has the name.
        const auto* view = widget ? qobject_cast<QAbstractScrollArea*>(widget->parentWidget()) : nullptr;
        const bool takesFocus =
            widget && widget->focusPolicy() != Qt::NoFocus && !(view && view->viewport() == widget);
        if (!isInteractive(shown.role()) && !takesFocus)
            return;
        ++controls;
        if (shown.text(QAccessible::Name).isEmpty() && shown.text(QAccessible::Description).isEmpty())
            nameless.append(described(shown.object()));
    });
    QVERIFY2(nameless.isEmpty(), nameless.join('\n').constData());
    QVERIFY(controls >= 10);
}

void TestAccessibility::everyChart_saysInWordsWhatItShows()
{
    int charts = 0;
    const QList<QWidget*> widgets = m_window->findChildren<QWidget*>();
    for (QWidget* widget : widgets) {
        const QString type = QString::fromLatin1(widget->metaObject()->className());
        // A sparkline only repeats the trend's chart.
        const bool drawn = type.endsWith(QLatin1String("Chart")) || type.endsWith(QLatin1String("::Meter"));
        if (!drawn || !widget->isVisible())
            continue;
        ++charts;
        Interface* shown = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(shown);
        QVERIFY2(!shown->text(QAccessible::Name).isEmpty(), described(widget).constData());
        const QString words = shown->text(QAccessible::Description) + shown->text(QAccessible::Value) +
                              shown->text(QAccessible::Name);
        QVERIFY2(std::ranges::any_of(words, [](QChar letter) { return letter.isDigit(); }),
                 described(widget).constData());
    }
    QVERIFY(charts >= 4);
}

void TestAccessibility::everyCard_saysItsNumber()
{
    QStringList texts;
    visit(QAccessible::queryAccessibleInterface(m_window.get()), [&](Interface& shown) {
        if (shown.role() == QAccessible::StaticText)
            texts.append(shown.text(QAccessible::Name));
    });
    const protocol::Summary summary = test::sampleDashboard().summary;
    const QLocale locale = m_language->current();
    QVERIFY2(texts.contains(locale.toString(qint64(summary.totalChecks))),
             qPrintable(texts.join(QLatin1Char('|'))));
    QVERIFY(texts.contains(locale.toString(qint64(summary.violations))));
}

QSet<QWidget*> TestAccessibility::focusable() const
{
    QSet<QWidget*> found;
    const QList<QWidget*> widgets = m_window->findChildren<QWidget*>();
    for (QWidget* widget : widgets) {
        if (widget->window() != m_window.get() || !widget->isVisible() || !widget->isEnabled() ||
            widget->focusProxy())
            continue;
        if (!(widget->focusPolicy() & Qt::TabFocus))
            continue;
        // In a group of which one is chosen, arrow keys go from there to the others.
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        const bool oneOfMany = button && button->group() && button->group()->exclusive();
        if (!oneOfMany || button->isChecked())
            found.insert(widget);
    }
    return found;
}

/// Where the focus is, step by step, until it is where it was.
QList<QWidget*> TestAccessibility::walk(Qt::Key key) const
{
    QList<QWidget*> steps;
    QWidget* start = QApplication::focusWidget();
    for (int step = 0; step < 200; ++step) {
        QTest::keyClick(QApplication::focusWidget(), key,
                        key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
        steps.append(QApplication::focusWidget());
        if (steps.last() == start)
            return steps;
    }
    return {};
}

void TestAccessibility::tab_goesThroughEverythingAndComesBack()
{
    m_window->findChild<QWidget*>(QStringLiteral("period-week"))->setFocus();
    const QList<QWidget*> steps = walk(Qt::Key_Tab);
    QVERIFY2(!steps.isEmpty(), described(QApplication::focusWidget()).constData());
    const QSet<QWidget*> reached(steps.begin(), steps.end());
    const QSet<QWidget*> missed = focusable() - reached;
    for (QWidget* widget : missed)
        QFAIL(described(widget).constData());
    QCOMPARE(steps.size(), reached.size());
}

void TestAccessibility::backtab_goesTheSameWayBack()
{
    m_window->findChild<QWidget*>(QStringLiteral("period-week"))->setFocus();
    QList<QWidget*> there = walk(Qt::Key_Tab);
    QList<QWidget*> back = walk(Qt::Key_Backtab);
    QVERIFY(!there.isEmpty());
    there.prepend(there.takeLast()); // both end where they begin
    std::reverse(back.begin(), back.end());
    QCOMPARE(back, there);
}

void TestAccessibility::arrows_chooseWithinAGroup()
{
    auto* week = m_window->findChild<QAbstractButton*>(QStringLiteral("period-week"));
    week->setFocus();
    QTest::keyClick(week, Qt::Key_Right);
    const auto* focused = qobject_cast<QAbstractButton*>(QApplication::focusWidget());
    QVERIFY(focused && focused != week);
    QCOMPARE(focused->objectName(), QStringLiteral("period-month"));
}

void TestAccessibility::table_tellsItsCellsAndHeaders()
{
    Interface* table = nullptr;
    visit(QAccessible::queryAccessibleInterface(m_window.get()), [&](Interface& shown) {
        if (shown.tableInterface() && shown.tableInterface()->columnCount() > 1)
            table = &shown;
    });
    QVERIFY(table);
    QAccessibleTableInterface* cells = table->tableInterface();
    QTRY_COMPARE(cells->rowCount(), 5);
    for (int column = 0; column < cells->columnCount(); ++column) {
        QVERIFY(!cells->columnDescription(column).isEmpty());
        QVERIFY2(!cells->cellAt(0, column)->text(QAccessible::Name).isEmpty(),
                 qPrintable(cells->columnDescription(column)));
    }
}

PRISM_WIDGET_TEST(TestAccessibility)

} // namespace tst_accessibility

#include "tst_accessibility.moc"
