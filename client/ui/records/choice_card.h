#pragma once

#include <QAbstractButton>

#include <memory>

class QTextDocument;

namespace prism::ui {

/// One of several texts to choose from, shown whole on a card that can be checked.
class ChoiceCard : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ChoiceCard(const QString& text, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    /// The text as it is laid out on a card of this width.
    std::unique_ptr<QTextDocument> laidOut(int width) const;
};

} // namespace prism::ui
