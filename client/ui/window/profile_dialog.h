#pragma once

#include "client/model/profile_store.h"

#include <QDialog>
#include <QHash>

#include <functional>

class QLineEdit;
class QListWidget;
class QPushButton;

namespace prism::ui {

class NoticeLine;

/// The list of servers: add, change and remove profiles. What is typed is stored when it makes sense, and the
/// dialog says why when it does not. What was there before can be had back, and what was typed and not stored
/// stays with the server that it was typed for, also when the dialog is closed. Borrows the store and what
/// was typed.
class ProfileDialog : public QDialog
{
    Q_OBJECT

public:
    struct Typed
    {
        QString name;
        QString server;
    };
    /// By the name of the server, where it is not what is stored.
    using Unsaved = QHash<QString, Typed>;

    ProfileDialog(model::ProfileStore& store, Unsaved& unsaved, QWidget* parent = nullptr);

    void done(int result) override;

private:
    void fill(const QString& current);
    void showCurrent();
    void keepTyped(const QString& name);
    void add();
    void change();
    void remove();
    QString chosen() const;
    model::Profile typed() const;
    void say(const model::Profile& refused);
    void offerUndo(const QString& what, const std::function<bool()>& undo, const QString& back);

    model::ProfileStore& m_store;
    Unsaved& m_typed;
    bool m_remindsOfTyped = false; ///< what the notice does
    QListWidget* m_list;
    QLineEdit* m_name;
    QLineEdit* m_server;
    QPushButton* m_add;
    QPushButton* m_change;
    QPushButton* m_remove;
    NoticeLine* m_notice;
    std::function<void()> m_undo; ///< while the notice offers it
};

} // namespace prism::ui
