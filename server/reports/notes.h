#pragma once

#include <QLatin1String>
#include <QStringList>

#include <utility>
#include <vector>

namespace prism::reports {

/// Counts what a person is told of a report besides what it found. Belongs to the reading of one file.
class Notes
{
public:
    /// `what` is one of few sentences without numbers of their own.
    void add(QLatin1String what, qint64 times = 1)
    {
        for (auto& [known, count] : m_counts) {
            if (known == what) {
                count += times;
                return;
            }
        }
        m_counts.emplace_back(what, times);
    }

    /// "results of another kind than fail are no violations: 5", in the order of their first appearance.
    QStringList texts() const
    {
        QStringList texts;
        for (const auto& [what, count] : m_counts)
            texts.append(QStringLiteral("%1: %2").arg(what).arg(count));
        return texts;
    }

private:
    std::vector<std::pair<QLatin1String, qint64>> m_counts;
};

} // namespace prism::reports
