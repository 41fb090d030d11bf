#pragma once

#include "client/model/activity_model.h"
#include "client/ui/activity/activity_panel.h"
#include "tests/ui/sample.h"

#include <QTableView>
#include <QTest>
#include <QTreeWidget>

#include <memory>

namespace prism::test {

/// What tests of the activity work with: a panel that is shown, and its table and details.
class ActivityTest
{
protected:
    /// Before each test.
    void begin(int capacity = model::ActivityModel::defaultCapacity)
    {
        net::Options options;
        options.timing.flushGap = std::chrono::milliseconds(0);
        m_activity = std::make_unique<model::ActivityModel>(options, nullptr, capacity);
        m_panel = std::make_unique<ui::ActivityPanel>(*m_activity);
        m_panel->setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
        m_panel->resize(600, 300);
        m_panel->show();
        m_table = m_panel->findChild<QTableView*>();
        m_facts = m_panel->findChild<QTreeWidget*>(QStringLiteral("activity-facts"));
        m_seq = 0;
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }

    /// After it.
    void end()
    {
        m_panel.reset();
        m_activity.reset();
    }

    /// Each third a record's event, the others checks that pass and are blocked in turn.
    void append(int count)
    {
        QList<protocol::Event> events;
        const int before = m_activity->rowCount();
        for (int i = 0; i < count; ++i) {
            ++m_seq;
            if (m_seq % 3 == 0)
                events.append(recordEvent(m_seq, QStringLiteral("record %1").arg(m_seq)));
            else
                events.append(checkEvent(m_seq, QStringLiteral("project-%1").arg(m_seq),
                                         m_seq % 3 == 1 ? QStringLiteral("PASS") : QStringLiteral("BLOCKED"),
                                         m_seq % 3 == 1 ? 0 : 2));
        }
        m_activity->append(events);
        QTRY_COMPARE(m_activity->rowCount(), before + count);
    }

    QString text(int row, model::ActivityModel::Column column) const
    {
        return m_table->model()->index(row, column).data().toString();
    }

    /// In the details.
    QString fact(const QString& name) const
    {
        const QTreeWidgetItem* item = m_facts->findItems(name, Qt::MatchExactly).value(0);
        return item ? item->text(1) : QString();
    }

    std::unique_ptr<model::ActivityModel> m_activity;
    std::unique_ptr<ui::ActivityPanel> m_panel;
    QTableView* m_table = nullptr;
    QTreeWidget* m_facts = nullptr;
    protocol::Seq m_seq = 0;
};

} // namespace prism::test
