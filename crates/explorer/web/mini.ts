import Graph from "graphology"; import Sigma from "sigma"; import { layerDashed, layerPlain, pathCurved, pathLine } from "sigma/rendering";
function g(){const g=new Graph({multi:true,type:"undirected"}); g.addNode("a",{x:0,y:0,size:13,color:"#1d3b4d"}); g.addNode("b",{x:1,y:1,size:9,color:"#4c6a78"}); g.addNode("c",{x:-1,y:1,size:9,color:"#4c6a78"});g.addNode("d",{x:0.5,y:-1,size:9,color:"#b58900"});
g.addEdgeWithKey("1","a","b",{color:"#0072b2",gap:0,size:3});g.addEdgeWithKey("2","a","c",{color:"#d55e00",gap:6,size:3});g.addEdgeWithKey("3","a","d",{color:"#d55e00",gap:6,size:3});g.addEdgeWithKey("4","a","d",{color:"#0072b2",gap:0,size:3}); return g;}
new Sigma(g(), document.getElementById("a")!, {settings:{renderLabels:false,stagePadding:70}} as any);
new Sigma(g(), document.getElementById("b")!, {settings:{renderLabels:false,enableEdgeEvents:true,stagePadding:70},
 primitives:{nodes:{shapes:undefined as any}, edges:{paths:[pathLine(),pathCurved()],layers:[layerDashed({dashSize:{value:7,mode:"pixels"},gapSize:{attribute:"gap",default:0,mode:"pixels"}})]}},
 styles:{nodes:{x:{attribute:"x"},y:{attribute:"y"},size:{attribute:"size"},color:{attribute:"color"}},edges:{color:{attribute:"color"},size:3,path:"straight",parallelPath:"curved",gap:{attribute:"gap"}}}} as any);
