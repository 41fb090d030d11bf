#include "client/ui/widgets/choice_box.h"

#include <QStyle>
#include <QStyleOptionComboBox>

#include <algorithm>

namespace prism::ui {

ChoiceBox::ChoiceBox(QWidget* parent)
    : QComboBox(parent)
{
    setSizeAdjustPolicy(AdjustToContents);
}

QSize ChoiceBox::minimumSizeHint() const
{
    constexpr int leastCharacters = 4;
    QStyleOptionComboBox option;
    QComboBox::initStyleOption(&option);
    const QSize content(fontMetrics().averageCharWidth() * leastCharacters, fontMetrics().height());
    const QSize least = style()->sizeFromContents(QStyle::CT_ComboBox, &option, content, this);
    return {std::min(least.width(), sizeHint().width()), sizeHint().height()};
}

void ChoiceBox::initStyleOption(QStyleOptionComboBox* option) const
{
    QComboBox::initStyleOption(option);
    const QRect field =
        style()->subControlRect(QStyle::CC_ComboBox, option, QStyle::SC_ComboBoxEditField, this);
    option->currentText = fontMetrics().elidedText(option->currentText, Qt::ElideRight, field.width());
}

} // namespace prism::ui
