#pragma once

#include "client/model/preferences.h"
#include "client/model/workspace.h"
#include "client/ui/application/language.h"
#include "client/ui/window/main_window.h"
#include "tests/support/server_test.h"

#include <QTableView>
#include <QTemporaryDir>

namespace prism::test {

/// A test of the records page by mouse and keyboard, in the whole window, against a real server on which
/// others write, by m_client. Lives on the main thread.
class RecordsTest : public ServerTest
{
    Q_OBJECT

protected:
    inline static const QByteArray path{"/api/v1/analytics/records"};

    /// Shows the page of a window of its own; there are no records.
    void openPage();
    void closePage();

    /// Somebody else creates one, and the page shows it. Empty when that failed.
    QString create(const QString& name, const QJsonObject& more = {});
    QJsonObject stored(const QString& id);

    void click(const char* name);
    void type(const char* name, const QString& text);
    void selectRow(int row);
    QString text(int row, int column) const;
    QString notice() const;

    /// One that can be seen, where several pages have one of this name.
    template <typename Widget>
    Widget* find(const char* name) const
    {
        const QList<Widget*> all = m_window->findChildren<Widget*>(QLatin1String(name));
        for (Widget* each : all) {
            if (each->isVisible())
                return each;
        }
        return all.value(0);
    }

    std::unique_ptr<model::Workspace> m_workspace;
    std::unique_ptr<ui::MainWindow> m_window;
    QTableView* m_table = nullptr;

private:
    std::unique_ptr<QTemporaryDir> m_settings;
    std::unique_ptr<model::Preferences> m_preferences;
    std::unique_ptr<ui::Language> m_language;
};

} // namespace prism::test
