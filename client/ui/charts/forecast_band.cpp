#include "client/ui/charts/forecast_band.h"

#include "client/ui/charts/chart_view.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>

#include <algorithm>
#include <cmath>

namespace prism::ui {

using protocol::ForecastReport;
using protocol::ForecastStep;

namespace {

using Bound = std::optional<double> ForecastStep::*;

QList<QPointF> pointsOf(const ForecastReport& forecast, qsizetype first, Bound bound)
{
    QList<QPointF> points;
    for (qsizetype i = 0; i < forecast.steps.size(); ++i) {
        const std::optional<double> value = forecast.steps[i].*bound;
        if (value && std::isfinite(*value))
            points.append({double(first + i), *value});
    }
    return points;
}

} // namespace

ForecastBand::Band ForecastBand::makeBand(QChart* chart, QAbstractAxis* x, QAbstractAxis* y)
{
    Band band{new QLineSeries(chart), new QLineSeries(chart), nullptr};
    band.area = new QAreaSeries(band.upper, band.lower);
    chart->addSeries(band.area);
    band.area->attachAxis(x);
    band.area->attachAxis(y);
    band.area->setPen(Qt::NoPen);
    return band;
}

ForecastBand::ForecastBand(QChart* chart, QAbstractAxis* x, QAbstractAxis* y)
    : m_wide(makeBand(chart, x, y))
    , m_narrow(makeBand(chart, x, y))
    , m_line(new QLineSeries)
{
    chart->addSeries(m_line);
    m_line->attachAxis(x);
    m_line->attachAxis(y);
}

void ForecastBand::replace(const ForecastReport& forecast, qsizetype first)
{
    const auto show = [&](const Band& band, Bound lower, Bound upper) {
        const QList<QPointF> above = pointsOf(forecast, first, upper);
        const QList<QPointF> below = pointsOf(forecast, first, lower);
        const bool whole = above.size() == below.size() && above.size() > 1;
        replaceIfChanged(band.upper, whole ? above : QList<QPointF>());
        replaceIfChanged(band.lower, whole ? below : QList<QPointF>());
        band.area->setVisible(whole);
    };
    show(m_wide, &ForecastStep::lower95, &ForecastStep::upper95);
    show(m_narrow, &ForecastStep::lower80, &ForecastStep::upper80);
    replaceIfChanged(m_line, pointsOf(forecast, first, &ForecastStep::value));
}

void ForecastBand::setColour(const QColor& colour)
{
    QColor narrow = colour;
    narrow.setAlphaF(0.20F);
    QColor wide = colour;
    wide.setAlphaF(0.09F);
    m_narrow.area->setBrush(narrow);
    m_wide.area->setBrush(wide);
    m_line->setPen(QPen(colour, 2, Qt::DotLine, Qt::RoundCap));
}

double ForecastBand::topOf(const ForecastReport& forecast)
{
    double top = 0;
    for (const Bound bound : {&ForecastStep::value, &ForecastStep::upper80, &ForecastStep::upper95}) {
        for (const QPointF& point : pointsOf(forecast, 0, bound))
            top = std::max(top, point.y());
    }
    return top;
}

} // namespace prism::ui
