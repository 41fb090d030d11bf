#pragma once

#include <QWidget>

class QPushButton;

namespace prism::ui {

class Text;

/// What stands in the place of the pages while there is nothing to be shown to whoever is not signed in: why,
/// and the way in.
class AccessNote : public QWidget
{
    Q_OBJECT

public:
    explicit AccessNote(QWidget* parent = nullptr);

    void display(const QString& why);

signals:
    void signInRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    Text* m_title;
    Text* m_why;
    QPushButton* m_signIn;
};

} // namespace prism::ui
