#include "tests/bench/report.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSysInfo>
#include <QThread>

#include <array>
#include <cmath>
#include <cstdarg>
#include <cstdio>

namespace prism::bench {

namespace {

/// Three significant digits for what is small, whole numbers with separators for what is large.
std::string amount(double value)
{
    if (std::abs(value) < 100)
        return value == std::round(value) ? format("%.0f", value) : format("%.3g", value);
    std::string digits = format("%.0f", value);
    for (std::size_t i = digits.size(); i > 3; i -= 3)
        digits.insert(i - 3, ",");
    return digits;
}

std::string barText(const Bar& bar)
{
    switch (bar.kind) {
    case Bar::Kind::AtMost:
        return "<= " + amount(bar.value);
    case Bar::Kind::AtLeast:
        return ">= " + amount(bar.value);
    case Bar::Kind::RatioAtMost:
        return "<= " + format("%g x", bar.value);
    case Bar::Kind::RatioAtLeast:
        return ">= " + format("%g x", bar.value);
    case Bar::Kind::None:
        break;
    }
    return {};
}

std::string withUnit(double value, const std::string& unit)
{
    return unit.empty() ? amount(value) : amount(value) + ' ' + unit;
}

} // namespace

std::optional<double> Row::ratio() const
{
    if (!other || *other == 0)
        return std::nullopt;
    return ours / *other;
}

std::string Row::verdict() const
{
    if (bar.kind == Bar::Kind::None)
        return {};
    const std::optional<double> value = bar.isRatio() ? ratio() : ours;
    if (!value)
        return "not compared";
    const bool atMost = bar.kind == Bar::Kind::AtMost || bar.kind == Bar::Kind::RatioAtMost;
    return (atMost ? *value <= bar.value : *value >= bar.value) ? "met" : "missed";
}

void Report::add(Row row)
{
    m_rows.push_back(std::move(row));
}

void Report::note(const std::string& id, const std::string& text)
{
    std::printf("%s  %s\n", id.c_str(), text.c_str());
    std::fflush(stdout);
    m_notes.emplace_back(id, text);
}

void Report::printTable() const
{
    constexpr std::size_t columns = 7;
    using Line = std::array<std::string, columns>;
    std::vector<Line> lines{{"id", "work", "ours", "other", "ratio", "bar", "result"}};
    for (const Row& row : m_rows) {
        const std::string other =
            row.other ? withUnit(*row.other, row.unit) + " (" + row.otherName + ')' : "";
        lines.push_back({row.id, row.work, withUnit(row.ours, row.unit), other,
                         row.ratio() ? format("%.2f", *row.ratio()) : "", barText(row.bar), row.verdict()});
    }
    std::array<std::size_t, columns> widths{};
    for (const Line& line : lines) {
        for (std::size_t i = 0; i < columns; ++i)
            widths[i] = std::max(widths[i], line[i].size());
    }
    std::printf("\n");
    for (std::size_t n = 0; n < lines.size(); ++n) {
        std::string text = "|";
        std::string rule = "|";
        for (std::size_t i = 0; i < columns; ++i) {
            text += ' ' + lines[n][i] + std::string(widths[i] - lines[n][i].size(), ' ') + " |";
            rule += std::string(widths[i] + 2, '-') + '|';
        }
        std::printf("%s\n", text.c_str());
        if (n == 0)
            std::printf("%s\n", rule.c_str());
    }
    std::fflush(stdout);
}

bool Report::writeJson(const std::string& file) const
{
    QJsonArray rows;
    for (const Row& row : m_rows) {
        QJsonObject json{{QStringLiteral("id"), QString::fromStdString(row.id)},
                         {QStringLiteral("work"), QString::fromStdString(row.work)},
                         {QStringLiteral("unit"), QString::fromStdString(row.unit)},
                         {QStringLiteral("ours"), row.ours},
                         {QStringLiteral("bar"), QString::fromStdString(barText(row.bar))},
                         {QStringLiteral("result"), QString::fromStdString(row.verdict())}};
        if (row.other) {
            json.insert(QStringLiteral("other"), *row.other);
            json.insert(QStringLiteral("otherName"), QString::fromStdString(row.otherName));
        }
        if (row.ratio())
            json.insert(QStringLiteral("ratio"), *row.ratio());
        rows.append(json);
    }
    QJsonArray notes;
    for (const auto& [id, text] : m_notes)
        notes.append(QJsonObject{{QStringLiteral("id"), QString::fromStdString(id)},
                                 {QStringLiteral("text"), QString::fromStdString(text)}});
    const QJsonObject machine{{QStringLiteral("cores"), QThread::idealThreadCount()},
                              {QStringLiteral("cpu"), QSysInfo::currentCpuArchitecture()},
                              {QStringLiteral("kernel"), QSysInfo::kernelVersion()},
                              {QStringLiteral("system"), QSysInfo::prettyProductName()}};
    QFile out(QString::fromStdString(file));
    const QByteArray text = QJsonDocument(QJsonObject{{QStringLiteral("machine"), machine},
                                                      {QStringLiteral("rows"), rows},
                                                      {QStringLiteral("notes"), notes}})
                                .toJson();
    return out.open(QIODevice::WriteOnly) && out.write(text) == text.size();
}

std::string format(const char* pattern, ...)
{
    std::array<char, 512> buffer{};
    va_list arguments;
    va_start(arguments, pattern);
    std::vsnprintf(buffer.data(), buffer.size(), pattern, arguments);
    va_end(arguments);
    return buffer.data();
}

} // namespace prism::bench
