#include "client/ui/activity/activity_texts.h"

#include "client/model/activity_model.h"
#include "client/ui/alerts/alert_sentence.h"
#include "client/ui/alerts/alert_texts.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/table_contents.h"
#include "client/ui/widgets/terms.h"
#include "shared/protocol/text.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>

namespace prism::ui {

using model::ActivityKind;
using model::ActivityModel;
using model::ActivityStatus;
using protocol::CheckStatus;

namespace {

bool belongs(ActivityKind kind, ActivityTexts::Group group)
{
    switch (group) {
    case ActivityTexts::Group::Checks:
        return kind == ActivityKind::CheckCompleted || kind == ActivityKind::CheckUpdated ||
               kind == ActivityKind::GateChanged;
    case ActivityTexts::Group::Records:
        return kind == ActivityKind::RecordCreated || kind == ActivityKind::RecordUpdated ||
               kind == ActivityKind::RecordDeleted;
    case ActivityTexts::Group::Retrospectives:
        return kind == ActivityKind::RetroCreated;
    case ActivityTexts::Group::Alerts:
        return kind == ActivityKind::Alert || kind == ActivityKind::AlertAcknowledged;
    case ActivityTexts::Group::All:
        break;
    }
    return true;
}

/// Whether one of the texts in it has `search`, which is folded.
bool says(const QJsonValue& value, const QString& search)
{
    const auto one = [&](const auto& inner) { return says(inner, search); };
    switch (value.type()) {
    case QJsonValue::String:
        return protocol::folded(value.toString()).contains(search);
    case QJsonValue::Array:
        return std::ranges::any_of(value.toArray(), one);
    case QJsonValue::Object:
        return std::ranges::any_of(value.toObject(), one);
    default:
        return false;
    }
}

} // namespace

ActivityTexts::ActivityTexts(QObject* parent)
    : QSortFilterProxyModel(parent)
{
}

void ActivityTexts::setLocale(const QLocale& locale)
{
    m_locale = locale;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
    emit headerDataChanged(Qt::Horizontal, 0, ActivityModel::ColumnCount - 1);
    if (!m_search.isEmpty())
        invalidateFilter(); // other words, other hits
}

void ActivityTexts::setGroup(Group group)
{
    m_group = group;
    invalidateFilter();
}

void ActivityTexts::setSearch(const QString& text)
{
    m_search = protocol::folded(protocol::cleaned(text));
    invalidateFilter();
}

QVariant ActivityTexts::data(const QModelIndex& index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return cell(mapToSource(index));
    case Qt::ToolTipRole:
        return index.column() == ActivityModel::DetailColumn ? cell(mapToSource(index)).toHtmlEscaped()
                                                             : QVariant();
    case TableContents::fileRole:
        return index.column() == ActivityModel::TimeColumn
                   ? index.data(ActivityModel::TimeRole).toDateTime().toString(Qt::ISODateWithMs)
                   : QVariant();
    default:
        return QSortFilterProxyModel::data(index, role);
    }
}

QVariant ActivityTexts::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QSortFilterProxyModel::headerData(section, orientation, role);
    switch (section) {
    case ActivityModel::TimeColumn:
        return tr("Time");
    case ActivityModel::TypeColumn:
        return tr("Type");
    case ActivityModel::DetailColumn:
        return tr("Detail");
    case ActivityModel::StatusColumn:
        return tr("Status");
    default:
        return {};
    }
}

QString ActivityTexts::statusText(ActivityStatus status)
{
    switch (status) {
    case ActivityStatus::Pass:
        return Terms::checkStatus(CheckStatus::Pass);
    case ActivityStatus::Warning:
        return Terms::checkStatus(CheckStatus::Warning);
    case ActivityStatus::Blocked:
        return Terms::checkStatus(CheckStatus::Blocked);
    case ActivityStatus::Info:
        break;
    }
    return tr("INFO", "status of what is not a check");
}

QString ActivityTexts::typeText(ActivityKind kind)
{
    switch (kind) {
    case ActivityKind::RecordCreated:
        return tr("Record created");
    case ActivityKind::RecordUpdated:
        return tr("Record changed");
    case ActivityKind::RecordDeleted:
        return tr("Record deleted");
    case ActivityKind::CheckCompleted:
        return tr("Check");
    case ActivityKind::CheckUpdated:
        return tr("Check changed");
    case ActivityKind::GateChanged:
        return tr("Gate changed");
    case ActivityKind::RetroCreated:
        return tr("Retrospective");
    case ActivityKind::Alert:
        return tr("Alert");
    case ActivityKind::AlertAcknowledged:
        return tr("Alert acknowledged");
    case ActivityKind::SettingsUpdated:
        return tr("Settings changed");
    case ActivityKind::PrinciplesUpdated:
        return tr("Principles changed");
    case ActivityKind::Other:
        break;
    }
    return tr("Other event");
}

QString ActivityTexts::cell(const QModelIndex& source) const
{
    switch (source.column()) {
    case ActivityModel::TimeColumn:
        return Format(m_locale).moment(source.data(ActivityModel::TimeRole).toDateTime(),
                                       QDateTime::currentDateTime());
    case ActivityModel::TypeColumn:
        return typeText(source.data(ActivityModel::KindRole).value<ActivityKind>());
    case ActivityModel::DetailColumn:
        return detail(source);
    case ActivityModel::StatusColumn:
        if (const QVariant severity = source.data(ActivityModel::SeverityRole); severity.isValid())
            return AlertTexts::severityText(severity.value<protocol::AlertSeverity>());
        return statusText(source.data(ActivityModel::StatusRole).value<ActivityStatus>());
    default:
        return {};
    }
}

QString ActivityTexts::detail(const QModelIndex& source) const
{
    const Format format(m_locale);
    const auto kind = source.data(ActivityModel::KindRole).value<ActivityKind>();
    QStringList parts;
    const bool isAlert = belongs(kind, Group::Alerts);
    const QString subject =
        (isAlert ? alertSentence(source) : source.data(ActivityModel::SubjectRole).toString()).simplified();
    if (!subject.isEmpty())
        parts.append(isolated(subject));
    else if (isAlert || belongs(kind, Group::Records))
        parts.append(isAlert ? tr("an alert") : tr("a record"));
    const bool check = kind == ActivityKind::CheckCompleted || kind == ActivityKind::CheckUpdated;
    if (check) {
        const int violations = source.data(ActivityModel::ViolationsRole).toInt();
        parts.append(violations == 0 ? tr("no violations") : tr("%Ln violation(s)", nullptr, violations));
        const QString gravest = source.data(ActivityModel::GravestRole).toString().simplified();
        if (!gravest.isEmpty())
            parts.append(isolated(gravest));
    }
    if (const QVariant before = source.data(ActivityModel::BeforeRole); before.isValid())
        parts.append(
            tr("was %1 before", "the status of a gate").arg(statusText(before.value<ActivityStatus>())));
    const QVariant duration = source.data(ActivityModel::DurationRole);
    if (check)
        parts.append(
            format.milliseconds(duration.isValid() ? std::optional(duration.toDouble()) : std::nullopt));
    else if (duration.isValid())
        parts.append(format.duration(duration.toDouble()));
    return parts.join(QStringLiteral(" · "));
}

/// In the reader's language, and what the server wrote where it cannot be read.
QString ActivityTexts::alertSentence(const QModelIndex& source) const
{
    const auto* activity = static_cast<const ActivityModel*>(sourceModel());
    const auto alert = protocol::alertFromJson(activity->entry(source.row()).object());
    const QString sentence = alert ? AlertSentence::of(*alert, m_locale) : QString();
    return sentence.isEmpty() ? source.data(ActivityModel::SubjectRole).toString() : sentence;
}

bool ActivityTexts::filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const
{
    const QModelIndex first = sourceModel()->index(sourceRow, 0, sourceParent);
    if (!belongs(first.data(ActivityModel::KindRole).value<ActivityKind>(), m_group))
        return false;
    if (m_search.isEmpty())
        return true;
    for (int column = 0; column < ActivityModel::ColumnCount; ++column) {
        if (protocol::folded(withoutIsolation(cell(first.siblingAtColumn(column)))).contains(m_search))
            return true;
    }
    return says(first.data(ActivityModel::DataRole).toJsonObject(), m_search);
}

} // namespace prism::ui
