#pragma once

#include <QIdentityProxyModel>
#include <QLocale>

namespace prism::ui {

/// The records as a person reads them. Sits on a model::RecordsModel, which holds raw values.
class RecordsTexts : public QIdentityProxyModel
{
    Q_OBJECT

public:
    explicit RecordsTexts(QObject* parent = nullptr);

    void setLocale(const QLocale& locale);

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString cell(const QModelIndex& index) const;

    QLocale m_locale;
};

} // namespace prism::ui
