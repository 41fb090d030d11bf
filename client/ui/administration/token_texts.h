#pragma once

#include <QIdentityProxyModel>
#include <QLocale>

namespace prism::ui {

/// The tokens as a person reads them.
class TokenTexts : public QIdentityProxyModel
{
    Q_OBJECT

public:
    explicit TokenTexts(QObject* parent = nullptr);

    void setLocale(const QLocale& locale);

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cell(const QModelIndex& index) const;

    QLocale m_locale;
};

} // namespace prism::ui
