package aiqbridge.operator;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Every reason, flag and wish for a reversal that the sources write of a redemption or a reversal, read from the sources: the texts in the statements and in the view {@code needs_look}, and what
 * the beans bind to the statements' parameters, followed back through calls, constants, conditions and variables to the texts in the code. What cannot be followed is said too.
 */
final class WrittenReasons {
    /** @param reason null where it is not clear what is written */
    record Written(String reason, String where) {}

    private static final Pattern WORD = Pattern.compile("'[^']*'|:#\\w+|[\\w.]+|\\S");
    private static final Set<String> COLUMNS = Set.of("reason", "flag", "reversal_wanted", "kind");
    private final Path project;
    private final List<Written> written = new ArrayList<>();
    private final Set<String> parameters = new TreeSet<>();

    private WrittenReasons(Path project) {
        this.project = project;
    }

    static List<Written> in(Path project) throws IOException {
        WrittenReasons reasons = new WrittenReasons(project);
        for (Path file : reasons.files("routes", ".sql")) {
            reasons.statements(Files.readString(file), project.relativize(file) + ":", 1);
        }
        for (Path file : reasons.files("src/main/resources/store", ".sql")) {
            reasons.statements(Files.readString(file), project.relativize(file) + ":", 1);
        }
        reasons.beans();
        return reasons.written;
    }

    private List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(project.resolve(folder))) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    // statements

    private record Word(String text, int line) {
        boolean is(String... any) {
            return List.of(any).contains(text);
        }
    }

    private void statements(String sql, String where, int firstLine) {
        List<Word> words = new ArrayList<>();
        int line = firstLine;
        for (String text : sql.split("\n", -1)) {
            for (MatchResult word :
                    WORD.matcher(text.replaceAll("--.*", "")).results().toList()) {
                words.add(new Word(
                        word.group().startsWith("'")
                                ? word.group()
                                : word.group().toLowerCase(Locale.ROOT),
                        line));
            }
            line++;
        }
        for (int i = 0; i + 2 < words.size(); i++) {
            List<Word> rest = words.subList(i + 2, words.size());
            boolean ours = words.get(i + 1).is("redemption", "reversal");
            if (ours && words.get(i).is("update") && rest.get(0).is("set")) {
                updated(rest.subList(1, rest.size()), where);
            } else if (ours && words.get(i).is("into") && rest.get(0).is("(")) {
                inserted(rest, where);
            } else if (words.get(i).is("view") && words.get(i + 1).is("needs_look")) {
                texts(upTo(rest, ";"), where);
            }
        }
    }

    private void updated(List<Word> rest, String where) {
        for (List<Word> assignment : split(upTo(rest, "from", "where", "returning", ";"))) {
            if (assignment.size() > 2 && COLUMNS.contains(assignment.get(0).text())) {
                texts(assignment.subList(2, assignment.size()), where);
            }
        }
    }

    private void inserted(List<Word> rest, String where) {
        List<Word> columns = upTo(rest.subList(1, rest.size()), ")");
        List<Word> values = rest.subList(columns.size() + 2, rest.size());
        values = values.get(0).is("values")
                ? upTo(values.subList(2, values.size()), ")")
                : upTo(values.subList(1, values.size()), "from", ";");
        List<List<Word>> each = split(values);
        for (int i = 0; i < split(columns).size() && i < each.size(); i++) {
            if (COLUMNS.contains(split(columns).get(i).get(0).text())) {
                texts(each.get(i), where);
            }
        }
    }

    /** The texts and parameters that may be the value; not those that a condition compares. */
    private void texts(List<Word> value, String where) {
        Deque<Boolean> outside = new ArrayDeque<>();
        boolean taken = true;
        for (int i = 0; i < value.size(); i++) {
            Word word = value.get(i);
            if (word.is("(", "case")) {
                outside.push(taken);
                taken = taken || i > 0 && value.get(i - 1).is("from", "join");
            } else if (word.is(")", "end")) {
                taken = outside.isEmpty() || outside.pop();
            } else if (word.is("from", "where", "when")) {
                taken = false;
            } else if (word.is("then", "else", "union")) {
                taken = outside.isEmpty() || outside.peek() || word.is("union");
            } else if (taken && word.text().startsWith("'") && word.text().length() > 2) {
                written.add(new Written(word.text().replace("'", ""), where + word.line()));
            } else if (taken && word.text().startsWith(":#")) {
                parameters.add(word.text().substring(2));
            }
        }
    }

    private static List<Word> upTo(List<Word> words, String... any) {
        for (int i = 0, depth = 0; i < words.size(); i++) {
            if (depth == 0 && words.get(i).is(any)) {
                return words.subList(0, i);
            }
            depth += words.get(i).is("(", "case") ? 1 : words.get(i).is(")", "end") ? -1 : 0;
        }
        return words;
    }

    private static List<List<Word>> split(List<Word> words) {
        List<List<Word>> parts = new ArrayList<>();
        for (List<Word> rest = words; ; ) {
            List<Word> part = upTo(rest, ",");
            parts.add(part);
            if (part.size() == rest.size()) {
                return parts;
            }
            rest = rest.subList(part.size() + 1, rest.size());
        }
    }

    // beans

    /** The records whose components the statements of these flows name. */
    private static final String BINDING = "aiqbridge[.](redemption|reversal)[.].*";

    private void beans() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    problem -> {},
                    List.of("-proc:none", "-cp", System.getProperty("java.class.path")),
                    null,
                    manager.getJavaFileObjectsFromPaths(files("src/main/java", ".java")));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            task.analyze();
            new Beans(Trees.instance(task), units).read();
        }
    }

    /** Follows what is bound back to the texts. */
    private final class Beans {
        private final Trees trees;
        private final List<CompilationUnitTree> units;
        private final Set<String> components = new HashSet<>();
        private final Set<Element> followed = new HashSet<>();
        private final Deque<VariableElement> open = new ArrayDeque<>();

        Beans(Trees trees, List<CompilationUnitTree> units) {
            this.trees = trees;
            this.units = units;
            parameters.forEach(name -> components.add(camel(name)));
        }

        void read() {
            each(new TreePathScanner<Void, Void>() {
                @Override
                public Void visitLiteral(LiteralTree tree, Void v) {
                    if (tree.getValue() instanceof String text
                            && text.matches("(?s).*(update|insert into) re(demption|versal) .*")) {
                        statements(text, file(getCurrentPath()), (int) line(getCurrentPath()));
                    }
                    return null;
                }

                @Override
                public Void visitClass(ClassTree tree, Void v) {
                    TypeElement type = (TypeElement) trees.getElement(getCurrentPath());
                    if (type.getKind() == ElementKind.RECORD
                            && type.getQualifiedName().toString().matches(BINDING)) {
                        ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                                .filter(one -> one.getParameters().size()
                                        == type.getRecordComponents().size())
                                .flatMap(one -> one.getParameters().stream())
                                .filter(one ->
                                        components.contains(one.getSimpleName().toString()))
                                .forEach(this::follow);
                    }
                    return super.visitClass(tree, v);
                }

                private void follow(VariableElement parameter) {
                    Beans.this.follow(parameter);
                }

                @Override
                public Void visitMethodInvocation(MethodInvocationTree tree, Void v) {
                    if (tree.getArguments().size() == 2
                            && tree.getMethodSelect().toString().endsWith(".put")
                            && tree.getArguments().get(0) instanceof LiteralTree name
                            && parameters.contains(String.valueOf(name.getValue()))
                            && getCurrentPath()
                                    .getCompilationUnit()
                                    .getPackageName()
                                    .toString()
                                    .equals("aiqbridge.operator")) {
                        value(new TreePath(getCurrentPath(), tree.getArguments().get(1)));
                    }
                    return super.visitMethodInvocation(tree, v);
                }
            });
            while (!open.isEmpty()) {
                VariableElement parameter = open.pop();
                ExecutableElement called = (ExecutableElement) parameter.getEnclosingElement();
                int index = called.getParameters().indexOf(parameter);
                each(new TreePathScanner<Void, Void>() {
                    @Override
                    public Void visitMethodInvocation(MethodInvocationTree tree, Void v) {
                        calls(getCurrentPath(), tree.getArguments());
                        return super.visitMethodInvocation(tree, v);
                    }

                    @Override
                    public Void visitNewClass(NewClassTree tree, Void v) {
                        calls(getCurrentPath(), tree.getArguments());
                        return super.visitNewClass(tree, v);
                    }

                    private void calls(TreePath call, List<? extends ExpressionTree> arguments) {
                        if (called.equals(trees.getElement(call))) {
                            value(new TreePath(call, arguments.get(index)));
                        }
                    }
                });
            }
        }

        private void follow(VariableElement parameter) {
            if (followed.add(parameter)) {
                open.push(parameter);
            }
        }

        /** What the expression may be. */
        private void value(TreePath path) {
            Tree tree = path.getLeaf();
            if (tree instanceof LiteralTree literal) {
                if (literal.getValue() != null) {
                    found(String.valueOf(literal.getValue()), path);
                }
            } else if (tree instanceof ParenthesizedTree inner) {
                value(new TreePath(path, inner.getExpression()));
            } else if (tree instanceof TypeCastTree cast) {
                value(new TreePath(path, cast.getExpression()));
            } else if (tree instanceof ConditionalExpressionTree either) {
                value(new TreePath(path, either.getTrueExpression()));
                value(new TreePath(path, either.getFalseExpression()));
            } else if (tree instanceof SwitchExpressionTree) {
                branches(path);
            } else {
                named(path, trees.getElement(path));
            }
        }

        private void branches(TreePath path) {
            new TreePathScanner<Void, Void>() {
                @Override
                public Void visitCase(CaseTree tree, Void v) {
                    if (tree.getBody() instanceof ExpressionTree body) {
                        value(new TreePath(getCurrentPath(), body));
                        return null;
                    }
                    return super.visitCase(tree, v);
                }

                @Override
                public Void visitYield(YieldTree tree, Void v) {
                    value(new TreePath(getCurrentPath(), tree.getValue()));
                    return null;
                }
            }.scan(path, null);
        }

        private void named(TreePath path, Element element) {
            if (element instanceof VariableElement variable && variable.getConstantValue() instanceof String text) {
                found(text, path);
            } else if (element != null && element.getKind() == ElementKind.PARAMETER) {
                follow((VariableElement) element);
            } else if (element != null && element.getKind() == ElementKind.LOCAL_VARIABLE) {
                assigned(path, element);
            } else if (passedOn(element)) {
                // it was written where that one was made
                return;
            } else if (element instanceof ExecutableElement method && trees.getTree(method) != null) {
                returned(trees.getPath(method), method);
            } else {
                written.add(new Written(null, file(path) + line(path)));
            }
        }

        /** A record's own component of these. */
        private boolean passedOn(Element element) {
            return element != null
                    && (element.getKind() == ElementKind.FIELD || element.getKind() == ElementKind.METHOD)
                    && element.getEnclosingElement().getKind() == ElementKind.RECORD
                    && components.contains(element.getSimpleName().toString());
        }

        private void assigned(TreePath use, Element variable) {
            TreePath method = use;
            while (!(method.getLeaf() instanceof MethodTree)) {
                method = method.getParentPath();
            }
            new TreePathScanner<Void, Void>() {
                @Override
                public Void visitVariable(VariableTree tree, Void v) {
                    if (variable.equals(trees.getElement(getCurrentPath())) && tree.getInitializer() != null) {
                        value(new TreePath(getCurrentPath(), tree.getInitializer()));
                    }
                    return super.visitVariable(tree, v);
                }

                @Override
                public Void visitAssignment(AssignmentTree tree, Void v) {
                    if (variable.equals(trees.getElement(new TreePath(getCurrentPath(), tree.getVariable())))) {
                        value(new TreePath(getCurrentPath(), tree.getExpression()));
                    }
                    return super.visitAssignment(tree, v);
                }
            }.scan(method, null);
        }

        private void returned(TreePath path, Element method) {
            if (followed.add(method)) {
                new TreePathScanner<Void, Void>() {
                    @Override
                    public Void visitReturn(ReturnTree tree, Void v) {
                        value(new TreePath(getCurrentPath(), tree.getExpression()));
                        return null;
                    }
                }.scan(path, null);
            }
        }

        private void found(String reason, TreePath path) {
            written.add(new Written(reason, file(path) + line(path)));
        }

        private void each(TreePathScanner<Void, Void> scanner) {
            units.forEach(unit -> scanner.scan(unit, null));
        }

        private String file(TreePath path) {
            return project.relativize(
                            Path.of(path.getCompilationUnit().getSourceFile().toUri())) + ":";
        }

        private long line(TreePath path) {
            return path.getCompilationUnit()
                    .getLineMap()
                    .getLineNumber(
                            trees.getSourcePositions().getStartPosition(path.getCompilationUnit(), path.getLeaf()));
        }
    }

    private static String camel(String name) {
        return Pattern.compile("_(\\w)").matcher(name).replaceAll(m -> m.group(1)
                .toUpperCase(Locale.ROOT));
    }
}
