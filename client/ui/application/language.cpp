#include "client/ui/application/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>

namespace prism::ui {

namespace {

QLocale english()
{
    return {QLocale::English, QLocale::UnitedStates};
}

QLocale chinese()
{
    return {QLocale::Chinese, QLocale::SimplifiedHanScript, QLocale::China};
}

bool isChinese(const QLocale& locale)
{
    return locale.language() == QLocale::Chinese;
}

} // namespace

Language::Language(QObject* parent)
    : QObject(parent)
{
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
}

QList<QLocale> Language::all()
{
    return {english(), chinese()};
}

QLocale Language::bestFor(const QLocale& wanted)
{
    if (isChinese(wanted))
        return chinese();
    // A person's own English keeps its customs for dates and numbers.
    return wanted.language() == QLocale::English ? wanted : english();
}

QString Language::codeOf(const QLocale& locale)
{
    return isChinese(locale) ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

QLocale Language::localeOf(const QString& code)
{
    const QLocale system = QLocale::system();
    return bestFor(code.isEmpty() || code == codeOf(system) ? system : QLocale(code));
}

QString Language::nameOf(const QLocale& locale)
{
    return isChinese(locale) ? QStringLiteral("简体中文") : QStringLiteral("English");
}

void Language::set(const QLocale& locale)
{
    m_current = bestFor(locale);
    QLocale::setDefault(m_current); // for the numbers of plural forms
    const QString code = codeOf(m_current);
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
    if (m_qt.load(QStringLiteral("qtbase_") + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_own.load(QStringLiteral(":/prism/translations/prism_") + code))
        QCoreApplication::installTranslator(&m_own);
    emit changed(m_current);
}

} // namespace prism::ui
