#pragma once

#include "server/telemetry/histogram.h"

#include <QByteArray>
#include <QList>

namespace prism::telemetry {

/// Names of labels with their values, which may be any text.
using Labels = QList<std::pair<QByteArray, QByteArray>>;

/// Writes metrics in Prometheus' text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
class TextEncoder
{
public:
    static constexpr const char* contentType = "text/plain; version=0.0.4; charset=utf-8";

    enum class Type { Counter, Gauge, Histogram };

    /// Begins a metric; the samples that follow are its own.
    void begin(const QByteArray& name, Type type, const QByteArray& help);

    void sample(quint64 value, const Labels& labels = {});
    void sample(double value, const Labels& labels = {});
    void sample(const HistogramValues& values, const Labels& labels = {});

    const QByteArray& text() const { return m_text; }

private:
    void line(const char* suffix, const Labels& labels, const QByteArray& value);

    QByteArray m_name;
    QByteArray m_text;
};

} // namespace prism::telemetry
