"""Runs one test module; prints a line of JSON per test: name, outcome, and what it said. Names are sentences."""

import json
import sys
import unittest
import warnings


class Lines(unittest.TestResult):
    def _say(self, test, outcome: str, said: str = "") -> None:
        name = test.id().split(".")[-1].removeprefix("test_").replace("_", " ")
        print(json.dumps({"name": name, "outcome": outcome, "said": said}), flush=True)

    def addSuccess(self, test):
        self._say(test, "passed")

    def addFailure(self, test, err):
        self._say(test, "failed", self._exc_info_to_string(err, test))

    def addError(self, test, err):
        self._say(test, "failed", self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        self._say(test, "skipped", reason)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._say(test, "failed", f"{subtest}\n{self._exc_info_to_string(err, test)}")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    unittest.defaultTestLoader.loadTestsFromName(sys.argv[1]).run(Lines())
