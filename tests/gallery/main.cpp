#include "client/ui/application/language.h"
#include "tests/gallery/browser.h"
#include "tests/gallery/pictures.h"
#include "tests/gallery/stage.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QStyleFactory>

#include <cstdio>
#include <cstring>

int main(int argc, char* argv[])
{
    using namespace prism;

    // The scale has to be known before there is an application.
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::strcmp(argv[i], "--scale") == 0)
            qputenv("QT_SCALE_FACTOR", argv[i + 1]);
    }
    QApplication app(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Shows the dashboard and its widgets with made-up state."));
    parser.addHelpOption();
    const QCommandLineOption pictures(QStringLiteral("pictures"),
                                      QStringLiteral("Write a picture of each scene into FOLDER, and stop."),
                                      QStringLiteral("FOLDER"));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("Scenes whose name contains TEXT."),
                                  QStringLiteral("TEXT"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Of the window; three by default."),
                                  QStringLiteral("WxH"));
    const QCommandLineOption scale(QStringLiteral("scale"),
                                   QStringLiteral("Device pixels for each pixel, 1 or 2."),
                                   QStringLiteral("FACTOR"), QStringLiteral("1"));
    const QCommandLineOption language(QStringLiteral("lang"), QStringLiteral("en or zh_CN; both by default."),
                                      QStringLiteral("LANGUAGE"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("light or dark; both by default."),
                                   QStringLiteral("THEME"));
    parser.addOptions({pictures, only, size, scale, language, theme});
    parser.process(app);

    ui::Language chosen;
    chosen.set(QLocale(QLocale::English, QLocale::UnitedStates));
    if (!parser.isSet(pictures)) {
        gallery::Stage window(new gallery::Browser(chosen));
        window.show();
        return QApplication::exec();
    }
    gallery::PictureOptions options;
    options.folder = parser.value(pictures);
    options.only = parser.value(only);
    if (parser.isSet(size)) {
        const QStringList sides = parser.value(size).split(QLatin1Char('x'));
        options.sizes = {QSize(sides.value(0).toInt(), sides.value(1).toInt())};
    }
    if (parser.isSet(language))
        options.languages = {QLocale(parser.value(language))};
    if (parser.isSet(theme))
        options.dark = {parser.value(theme) == QStringLiteral("dark")};
    if (gallery::writePictures(options, chosen))
        return 0;
    std::fputs("A picture could not be written.\n", stderr);
    return 1;
}
