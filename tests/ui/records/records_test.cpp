#include "tests/ui/records/records_test.h"

#include "client/model/records_model.h"
#include "client/ui/records/records_panel.h"
#include "client/ui/widgets/notice_line.h"
#include "client/ui/window/page.h"

#include <QAbstractButton>
#include <QTest>

namespace prism::test {

using ui::Page;

void RecordsTest::openPage()
{
    const auto left = m_client->get(path + "?limit=100").data().toArray();
    for (const auto& record : left)
        m_client->remove(path + '/' + record[QStringLiteral("id")].toString().toLatin1());
    m_settings = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<model::Preferences>(m_settings->filePath(QStringLiteral("preferences")));
    m_language = std::make_unique<ui::Language>();
    m_language->set(QLocale(QLocale::English, QLocale::UnitedStates));
    m_workspace = std::make_unique<model::Workspace>(m_server->httpUrl(), protocol::Period::Week);
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, *m_preferences, *m_language);
    m_window->resize(1280, 860); // whatever screen there is
    m_window->setPage(Page::Records);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
    QTRY_VERIFY(m_workspace->records().isShown());
    m_table = find<QTableView>("records");
}

void RecordsTest::closePage()
{
    m_window.reset();
    m_workspace.reset();
    m_language.reset();
    m_preferences.reset();
}

QString RecordsTest::create(const QString& name, const QJsonObject& more)
{
    QJsonObject body = more;
    body.insert(QStringLiteral("name"), name);
    if (!body.contains(QStringLiteral("type")))
        body.insert(QStringLiteral("type"), QStringLiteral("custom"));
    const QString id = m_client->post(path, body).data()[QStringLiteral("id")].toString();
    if (!QTest::qWaitFor([&] { return m_workspace->records().rowOf(id) >= 0; }))
        return {};
    return id;
}

void RecordsTest::click(const char* name)
{
    auto* button = find<QAbstractButton>(name);
    QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
    QTest::mouseClick(button, Qt::LeftButton);
}

void RecordsTest::type(const char* name, const QString& text)
{
    auto* edit = find<QWidget>(name);
    QVERIFY2(edit && edit->isVisible(), name);
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, text);
}

QString RecordsTest::text(int row, int column) const
{
    return m_table->model()->index(row, column).data().toString();
}

void RecordsTest::selectRow(int row)
{
    const QRect place = m_table->visualRect(m_table->model()->index(row, 0));
    QTest::mouseClick(m_table->viewport(), Qt::LeftButton, {}, place.center());
}

QString RecordsTest::notice() const
{
    const auto* line = m_window->findChild<ui::RecordsPanel*>()->notice();
    return line->isVisible() ? line->text() : QString();
}

QJsonObject RecordsTest::stored(const QString& id)
{
    return m_client->get(path + '/' + id.toLatin1()).data().toObject();
}

} // namespace prism::test
