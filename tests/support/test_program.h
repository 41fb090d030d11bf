#pragma once

#include <QCoreApplication>
#include <QTest>

namespace prism::test {

/// A class of tests in a program that has several. Registers itself before main(), under the name of its file
/// without `tst_` and `.cpp`; made by the macros below alone.
class TestClass
{
public:
    using Run = int (*)(int argc, char* argv[]);

    /// `file` is the class's source.
    TestClass(const char* file, Run tests);

    QByteArray name() const;

    /// The one that registered before this one.
    const TestClass* next() const { return m_next; }

    /// Runs the tests, with Qt Test's options from argv[1] on, and returns what main() is to return.
    int run(int argc, char* argv[]) const { return m_run(argc, argv); }

private:
    Run m_run;
    const char* m_file;
    const TestClass* m_next;
};

template <typename Tests>
int runTests(int argc, char* argv[])
{
    Tests tests;
    return QTest::qExec(&tests, argc, argv);
}

template <typename Application, typename Tests>
int runTestsIn(int argc, char* argv[])
{
    Application application(argc, argv);
    application.setAttribute(Qt::AA_Use96Dpi);
    return runTests<Tests>(argc, argv);
}

} // namespace prism::test

/// The last line of a file of tests, before its .moc: what Qt Test's own macros of the kind say of a program.
#define PRISM_TEST(Tests) PRISM_TEST_RUN(Tests, (prism::test::runTestsIn<QCoreApplication, Tests>))
#define PRISM_WIDGET_TEST(Tests) PRISM_TEST_RUN(Tests, (prism::test::runTestsIn<QApplication, Tests>))
#define PRISM_APPLESS_TEST(Tests) PRISM_TEST_RUN(Tests, prism::test::runTests<Tests>)

/// The same with a function that makes the application and the class.
#define PRISM_TEST_RUN(Tests, run)                                                                           \
    namespace {                                                                                              \
    const prism::test::TestClass registered##Tests{__FILE__, run};                                           \
    }
