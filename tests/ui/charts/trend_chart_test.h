#pragma once

#include "client/ui/charts/chart_view.h"
#include "client/ui/charts/trend_chart.h"
#include "tests/ui/sample.h"

#include <QApplication>
#include <QMouseEvent>
#include <QTest>
#include <QValueAxis>

#include <memory>

namespace prism::test {

/// Not by the cursor of the system, which other windows may lie under.
inline void movePointer(QWidget* target, const QPoint& to, Qt::MouseButtons buttons = Qt::NoButton)
{
    QMouseEvent event(QEvent::MouseMove, to, target->mapToGlobal(to), Qt::NoButton, buttons, Qt::NoModifier);
    QApplication::sendEvent(target, &event);
}

inline protocol::ForecastReport sampleForecast()
{
    return {protocol::Period::Week, {{12, 8, 16, 6, 18}, {13, 8, 18, 5, 21}}};
}

/// What tests of charts work with: one that is shown, with the sample's violations of a week.
class TrendChartTest
{
protected:
    /// Before each test.
    void begin()
    {
        m_chart = std::make_unique<ui::TrendChart>();
        m_chart->setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
        m_chart->display(sampleDashboard().violations, protocol::Period::Week);
        m_chart->resize(640, 300);
        m_chart->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_chart.get()));
        QCoreApplication::processEvents();
    }

    /// After it.
    void end() { m_chart.reset(); }

    QWidget* viewport() const { return m_chart->findChild<ui::ChartView*>()->viewport(); }

    /// A share of the plot area, half way up.
    QPoint pointOf(double across) const
    {
        const QRectF area = m_chart->findChild<ui::ChartView*>()->chart()->plotArea();
        return QPointF(area.left() + across * area.width(), area.center().y()).toPoint();
    }

    QValueAxis* axis(Qt::Orientation orientation) const
    {
        const auto axes = m_chart->findChild<ui::ChartView*>()->chart()->axes(orientation);
        return qobject_cast<QValueAxis*>(axes.constFirst());
    }

    std::unique_ptr<ui::TrendChart> m_chart;
};

} // namespace prism::test
