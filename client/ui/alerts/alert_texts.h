#pragma once

#include "shared/protocol/alert.h"

#include <QLocale>
#include <QSortFilterProxyModel>

namespace prism::ui {

/// The alerts as a person reads them, and only those that person looks for. Sits on a model::AlertsModel and
/// keeps its order.
class AlertTexts : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Shown { All, Open, Acknowledged, Over };

    enum Role {
        SeverityTextRole = Qt::UserRole + 100, ///< HIGH
        KindTextRole,                          ///< Violation spike; empty for an unknown kind
        StateTextRole,                         ///< acknowledged by ana, over since 14:02; empty while open
    };

    explicit AlertTexts(QObject* parent = nullptr);

    void setLocale(const QLocale& locale);
    void show(Shown shown);

    /// Beside the roles of the source: what a screen reader says, and everything as a tool tip.
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    static QString severityText(protocol::AlertSeverity severity);
    static QString kindText(protocol::AlertKind kind);
    static QString stateText(protocol::AlertState state);

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;

private:
    QString noteText(const QModelIndex& index) const;
    QString sentence(const QModelIndex& index) const;
    QString everything(const QModelIndex& index) const;

    QLocale m_locale;
    Shown m_shown = Shown::All;
};

} // namespace prism::ui
