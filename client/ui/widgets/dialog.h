#pragma once

#include <QDialog>

namespace prism::ui {

/// A dialog of sentences: in the colours of its window, now and after another theme, never lower than its
/// sentences need, and said again in another language.
class Dialog : public QDialog
{
    Q_OBJECT

public:
    /// `name` is the object's.
    explicit Dialog(const QString& name, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    /// Called whenever language or locale changed; a dialog calls it itself once it is complete.
    virtual void retranslate() = 0;

    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
};

} // namespace prism::ui
