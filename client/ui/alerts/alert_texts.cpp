#include "client/ui/alerts/alert_texts.h"

#include "client/model/alerts_model.h"
#include "client/ui/alerts/alert_sentence.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"

#include <QDateTime>

namespace prism::ui {

using model::AlertsModel;
using protocol::AlertKind;
using protocol::AlertSeverity;
using protocol::AlertState;

AlertTexts::AlertTexts(QObject* parent)
    : QSortFilterProxyModel(parent)
{
}

void AlertTexts::setLocale(const QLocale& locale)
{
    m_locale = locale;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, 0));
}

void AlertTexts::show(Shown shown)
{
    m_shown = shown;
    invalidateFilter();
}

QVariant AlertTexts::data(const QModelIndex& index, int role) const
{
    switch (role) {
    case SeverityTextRole:
        return severityText(index.data(AlertsModel::SeverityRole).value<AlertSeverity>());
    case KindTextRole:
        return kindText(index.data(AlertsModel::KindRole).value<AlertKind>());
    case StateTextRole:
        return noteText(index);
    case Qt::DisplayRole:
    case AlertsModel::MessageRole:
        return sentence(index);
    case Qt::AccessibleTextRole:
        return everything(index);
    case Qt::ToolTipRole:
        return everything(index).toHtmlEscaped();
    default:
        return QSortFilterProxyModel::data(index, role);
    }
}

bool AlertTexts::filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const
{
    const auto state =
        sourceModel()->index(sourceRow, 0, sourceParent).data(AlertsModel::StateRole).value<AlertState>();
    switch (m_shown) {
    case Shown::Open:
        return state == AlertState::Open;
    case Shown::Acknowledged:
        return state == AlertState::Acknowledged;
    case Shown::Over:
        return state == AlertState::Resolved;
    case Shown::All:
        break;
    }
    return true;
}

QString AlertTexts::severityText(AlertSeverity severity)
{
    switch (severity) {
    case AlertSeverity::High:
        return tr("HIGH", "severity of an alert");
    case AlertSeverity::Medium:
        return tr("MEDIUM", "severity of an alert");
    case AlertSeverity::Low:
        break;
    }
    return tr("LOW", "severity of an alert");
}

QString AlertTexts::kindText(AlertKind kind)
{
    switch (kind) {
    case AlertKind::ViolationSpike:
        return tr("Violation spike");
    case AlertKind::PerformanceDegradation:
        return tr("Slower checks");
    case AlertKind::UsageDrop:
        return tr("Drop in usage");
    case AlertKind::QualityDrop:
        return tr("Drop in quality");
    case AlertKind::SlowChecks:
        return tr("Slow checks");
    case AlertKind::GateFailing:
        return tr("Failing gate");
    case AlertKind::Other:
        break;
    }
    return {};
}

QString AlertTexts::stateText(AlertState state)
{
    switch (state) {
    case AlertState::Open:
        return tr("open", "an alert");
    case AlertState::Acknowledged:
        return tr("acknowledged", "an alert");
    case AlertState::Resolved:
        break;
    }
    return tr("over", "an alert");
}

QString AlertTexts::noteText(const QModelIndex& index) const
{
    if (index.data(AlertsModel::StateRole).value<AlertState>() == AlertState::Resolved) {
        const QDateTime end = index.data(AlertsModel::ResolvedAtRole).toDateTime();
        return end.isValid()
                   ? tr("over since %1").arg(Format(m_locale).moment(end, QDateTime::currentDateTime()))
                   : stateText(AlertState::Resolved);
    }
    if (!index.data(AlertsModel::AcknowledgedRole).toBool())
        return {};
    const QString by = index.data(AlertsModel::AcknowledgedByRole).toString();
    return by.isEmpty() ? stateText(AlertState::Acknowledged) : tr("acknowledged by %1").arg(isolated(by));
}

QString AlertTexts::sentence(const QModelIndex& index) const
{
    const auto* alerts = static_cast<const AlertsModel*>(sourceModel());
    return AlertSentence::of(alerts->alert(mapToSource(index).row()), m_locale);
}

QString AlertTexts::everything(const QModelIndex& index) const
{
    const Format format(m_locale);
    QStringList parts{
        severityText(index.data(AlertsModel::SeverityRole).value<AlertSeverity>()),
        kindText(index.data(AlertsModel::KindRole).value<AlertKind>()),
        format.moment(index.data(AlertsModel::TimeRole).toDateTime(), QDateTime::currentDateTime()),
        index.data(AlertsModel::MessageRole).toString(), noteText(index)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

} // namespace prism::ui
