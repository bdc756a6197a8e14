package aiqbridge.pos;

import java.util.List;

/** Shapes what a make's write-back statement is bound with. */
public final class WriteBack {
    public List<PointsToWrite> rows(List<WantedPoints> wanted) {
        return wanted.stream().map(WriteBack::row).toList();
    }

    private static PointsToWrite row(WantedPoints wanted) {
        return new PointsToWrite(wanted, wanted.points().toPlainString());
    }
}
