# openpyxl_read.py FILE REPEATS: openpyxl, read-only mode. Prints: cpu seconds (median), cells. Exit 77: not installed.
import sys, time
try:
    import openpyxl
except ImportError:
    sys.exit(77)
s = []
for _ in range(int(sys.argv[2])):
    t = time.process_time()
    n = sum(v is not None for row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].values for v in row)
    s.append(time.process_time() - t)
print("%.4f\t%d" % (sorted(s)[len(s) // 2], n))
