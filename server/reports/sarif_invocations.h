#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace prism::reports {

/// How the tool of a run of SARIF was called, and how that ended. Belongs to the reading of one run.
class SarifInvocations
{
public:
    explicit SarifInvocations(const QJsonObject& run);

    /// How the run failed, where it says that it did.
    const std::optional<QString>& trouble() const { return m_trouble; }

    /// Milliseconds that all took together; nothing where one does not say when it began and ended.
    std::optional<double> duration() const { return m_duration; }

private:
    std::optional<QString> m_trouble;
    std::optional<double> m_duration;
};

} // namespace prism::reports
