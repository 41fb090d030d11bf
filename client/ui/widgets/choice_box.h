#pragma once

#include <QComboBox>

namespace prism::ui {

/// A choice of one among few words. As wide as the longest of them where there is room; where there is not,
/// the one that is chosen is cut off with an ellipsis instead of what stands beside it.
class ChoiceBox : public QComboBox
{
    Q_OBJECT

public:
    explicit ChoiceBox(QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void initStyleOption(QStyleOptionComboBox* option) const override;
};

} // namespace prism::ui
