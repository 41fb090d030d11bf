#pragma once

#include <QIdentityProxyModel>
#include <QLocale>

namespace prism::model {
class AuditModel;
}

namespace prism::ui {

/// Who did what, as a person reads it. Borrows the model.
class AuditTexts : public QIdentityProxyModel
{
    Q_OBJECT

public:
    explicit AuditTexts(model::AuditModel& audit, QObject* parent = nullptr);

    void setLocale(const QLocale& locale);

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cell(const QModelIndex& index) const;

    model::AuditModel& m_audit;
    QLocale m_locale;
};

} // namespace prism::ui
