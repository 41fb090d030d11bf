#pragma once

#include "client/model/activity_entry.h"

#include <QLocale>
#include <QSortFilterProxyModel>

namespace prism::ui {

/// The activity as a person reads it, and only what that person looks for. Sits on a model::ActivityModel,
/// which holds raw values, and keeps its order.
class ActivityTexts : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// What a row is about, coarser than its type.
    enum class Group { All, Checks, Records, Retrospectives, Alerts };

    explicit ActivityTexts(QObject* parent = nullptr);

    void setLocale(const QLocale& locale);
    void setGroup(Group group);
    /// Rows that have this text, in any case, in one of their columns or in anything else that the event
    /// said.
    void setSearch(const QString& text);

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    static QString statusText(model::ActivityStatus status);
    /// What an event is called.
    static QString typeText(model::ActivityKind kind);

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;

private:
    QString cell(const QModelIndex& source) const;
    QString detail(const QModelIndex& source) const;
    QString alertSentence(const QModelIndex& source) const;

    QLocale m_locale;
    Group m_group = Group::All;
    QString m_search;
};

} // namespace prism::ui
