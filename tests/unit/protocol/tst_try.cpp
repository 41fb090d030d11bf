#include "shared/protocol/try.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <memory>

namespace tst_try {

using namespace prism::protocol;

namespace {

const Error refusal{ErrorCode::Quota, QStringLiteral("enough"), {QStringLiteral("a: full")}};

Result<void> agree(bool agreed)
{
    if (!agreed)
        return Failure(refusal);
    return {};
}

Result<int> half(int number)
{
    if (number % 2 != 0)
        return Failure(refusal);
    return number / 2;
}

Result<std::unique_ptr<int>> owned(int number)
{
    PRISM_TRY_ASSIGN(const int value, half(number));
    return std::make_unique<int>(value);
}

} // namespace

class TryTest : public QObject
{
    Q_OBJECT

private slots:
    void success_goesOn()
    {
        const auto run = []() -> Result<QString> {
            PRISM_TRY(agree(true));
            PRISM_TRY(half(4)); // whose value is not wanted
            return QStringLiteral("end");
        };
        QCOMPARE(run().value(), QStringLiteral("end"));
    }

    void failure_returnsTheWholeErrorAtOnce()
    {
        bool wentOn = false;
        const auto run = [&]() -> Result<QString> {
            PRISM_TRY(agree(false));
            wentOn = true;
            return QString();
        };
        const Result<QString> result = run();
        QVERIFY(!result);
        QVERIFY(result.error() == refusal);
        QVERIFY(!wentOn);
    }

    void value_isDeclaredOrAssigned()
    {
        const auto run = [](int number) -> Result<int> {
            PRISM_TRY_ASSIGN(int value, half(number));
            PRISM_TRY_ASSIGN(value, half(value));
            PRISM_TRY_ASSIGN(const auto& last, half(value));
            return last;
        };
        QCOMPARE(run(8).value(), 1);
        QVERIFY(run(4).error() == refusal);
        QVERIFY(run(2).error() == refusal);
        QVERIFY(run(1).error() == refusal);
    }

    void value_thatCannotBeCopied_isMoved()
    {
        const auto run = []() -> Result<std::unique_ptr<int>> {
            PRISM_TRY_ASSIGN(auto number, owned(6));
            return number;
        };
        QCOMPARE(*run().value(), 3);
    }

    void variable_keepsItsValue()
    {
        const auto run = []() -> Result<QString> {
            const Result<QString> constant(QStringLiteral("constant"));
            Result<QString> variable(QStringLiteral("variable"));
            PRISM_TRY(variable);
            PRISM_TRY_ASSIGN(QString text, constant);
            PRISM_TRY_ASSIGN(text, variable);
            return text + *variable + *constant;
        };
        QCOMPARE(run().value(), QStringLiteral("variablevariableconstant"));
    }

    void expression_mayHaveCommasAndOthersInside()
    {
        const auto sum = [](auto first, auto second) -> Result<int> {
            PRISM_TRY_ASSIGN(const int left, first());
            PRISM_TRY_ASSIGN(const int right, second());
            return left + right;
        };
        const auto run = [&](int number) -> Result<int> {
            PRISM_TRY_ASSIGN(const int value, sum(
                                                  [&]() -> Result<int> {
                                                      PRISM_TRY(agree(true));
                                                      PRISM_TRY_ASSIGN(const int inner, half(number));
                                                      return inner;
                                                  },
                                                  [&] { return half(10); }));
            return value;
        };
        QCOMPARE(run(4).value(), 7);
        QVERIFY(run(5).error() == refusal);
    }

    void statement_standsInABranch()
    {
        const auto run = [](bool asks, bool agreed) -> Result<int> {
            if (asks)
                PRISM_TRY(agree(agreed));
            else
                return 1;
            return 2;
        };
        QCOMPARE(run(false, false).value(), 1);
        QCOMPARE(run(true, true).value(), 2);
        QVERIFY(run(true, false).error() == refusal);
    }
};

PRISM_APPLESS_TEST(TryTest)

} // namespace tst_try

#include "tst_try.moc"
