#include "server/telemetry/text_encoder.h"

#include <array>
#include <charconv>
#include <cmath>

namespace prism::telemetry {

namespace {

/// The shortest text that reads back as the same number.
QByteArray numberText(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end - text.data()};
}

QByteArray escapedHelp(QByteArray text)
{
    return text.replace('\\', "\\\\").replace('\n', "\\n");
}

QByteArray escapedLabel(const QByteArray& text)
{
    return escapedHelp(text).replace('"', "\\\"");
}

const char* typeName(TextEncoder::Type type)
{
    switch (type) {
    case TextEncoder::Type::Counter:
        return "counter";
    case TextEncoder::Type::Gauge:
        return "gauge";
    case TextEncoder::Type::Histogram:
        return "histogram";
    }
    Q_UNREACHABLE();
}

} // namespace

void TextEncoder::begin(const QByteArray& name, Type type, const QByteArray& help)
{
    m_name = name;
    m_text += "# HELP " + name + ' ' + escapedHelp(help) + "\n# TYPE " + name + ' ' + typeName(type) + '\n';
}

void TextEncoder::sample(quint64 value, const Labels& labels)
{
    line("", labels, QByteArray::number(qulonglong(value)));
}

void TextEncoder::sample(double value, const Labels& labels)
{
    line("", labels, numberText(value));
}

void TextEncoder::sample(const HistogramValues& values, const Labels& labels)
{
    quint64 upToHere = 0;
    for (std::size_t i = 0; i < values.counts.size(); ++i) {
        upToHere += values.counts[i];
        const bool isLast = i == values.buckets.bounds.size();
        Labels bounded = labels;
        bounded.emplaceBack("le",
                            isLast ? QByteArray("+Inf")
                                   : numberText(double(values.buckets.bounds[i]) / values.buckets.perUnit));
        line("_bucket", bounded, QByteArray::number(qulonglong(upToHere)));
    }
    line("_sum", labels, numberText(double(values.sum) / values.buckets.perUnit));
    line("_count", labels, QByteArray::number(qulonglong(upToHere)));
}

void TextEncoder::line(const char* suffix, const Labels& labels, const QByteArray& value)
{
    m_text += m_name + suffix;
    char separator = '{';
    for (const auto& [name, text] : labels) {
        m_text += separator + name + "=\"" + escapedLabel(text) + '"';
        separator = ',';
    }
    if (!labels.isEmpty())
        m_text += '}';
    m_text += ' ' + value + '\n';
}

} // namespace prism::telemetry
